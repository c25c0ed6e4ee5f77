// Generated from openapi/huggingface/tgi.json and openapi/huggingface/tgi-overlay.json. Do not edit.
// To correct a type, change openapi/huggingface/tgi-overlay.json and run: npm run openapi -- generate

export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["compat_generate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat_tokenize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_chat_tokenize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["generate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/generate_stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["generate_stream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_model_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sagemaker_compatibility"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokenize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["tokenize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["chat_completions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["completions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["openai_get_model_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        BestOfSequence: {
            finish_reason: components["schemas"]["FinishReason"];
            generated_text: string;
            /** Format: int32 */
            generated_tokens: number;
            prefill: components["schemas"]["PrefillToken"][];
            /** Format: int64 */
            seed?: number | null;
            tokens: components["schemas"]["Token"][];
            top_tokens?: components["schemas"]["Token"][][];
        };
        ChatCompletion: {
            choices: components["schemas"]["ChatCompletionComplete"][];
            /** Format: int64 */
            created: number;
            id: string;
            model: string;
            system_fingerprint: string;
            usage: components["schemas"]["Usage"];
        };
        ChatCompletionChoice: {
            delta: components["schemas"]["ChatCompletionDelta"];
            finish_reason?: string | null;
            /** Format: int32 */
            index: number;
            logprobs?: components["schemas"]["ChatCompletionLogprobs"] | null;
        };
        ChatCompletionChunk: {
            choices: components["schemas"]["ChatCompletionChoice"][];
            /** Format: int64 */
            created: number;
            id: string;
            model: string;
            system_fingerprint: string;
            usage?: components["schemas"]["Usage"] | null;
        };
        ChatCompletionComplete: {
            finish_reason: string;
            /** Format: int32 */
            index: number;
            logprobs?: components["schemas"]["ChatCompletionLogprobs"] | null;
            message: components["schemas"]["OutputMessage"];
        };
        ChatCompletionDelta: components["schemas"]["TextMessage"] | components["schemas"]["ToolCallDelta"];
        ChatCompletionLogprob: {
            /** Format: float */
            logprob: number;
            token: string;
            top_logprobs: components["schemas"]["ChatCompletionTopLogprob"][];
        };
        ChatCompletionLogprobs: {
            content: components["schemas"]["ChatCompletionLogprob"][];
        };
        ChatCompletionTopLogprob: {
            /** Format: float */
            logprob: number;
            token: string;
        };
        ChatRequest: {
            /** Format: float */
            frequency_penalty?: number | null;
            logit_bias?: number[] | null;
            logprobs?: boolean | null;
            /**
             * Format: int32
             * @default 1024
             */
            max_tokens?: number | null;
            messages: components["schemas"]["Message"][];
            model?: string | null;
            /** Format: int32 */
            n?: number | null;
            /** Format: float */
            presence_penalty?: number | null;
            /** @default null */
            response_format?: components["schemas"]["GrammarType"] | null;
            /** Format: int64 */
            seed?: number | null;
            stop?: string[] | null;
            stream?: boolean;
            stream_options?: components["schemas"]["StreamOptions"] | null;
            /** Format: float */
            temperature?: number | null;
            /** @default auto */
            tool_choice?: components["schemas"]["ToolChoice"] | null;
            tool_prompt?: string | null;
            tools?: components["schemas"]["Tool"][] | null;
            /** Format: int32 */
            top_logprobs?: number | null;
            /** Format: float */
            top_p?: number | null;
        };
        ChatTokenizeResponse: {
            templated_text: string;
            tokenize_response: components["schemas"]["TokenizeResponse"];
        };
        Chunk: {
            choices: components["schemas"]["CompletionComplete"][];
            /** Format: int64 */
            created: number;
            id: string;
            model: string;
            system_fingerprint: string;
        };
        CompatGenerateRequest: {
            inputs: string;
            parameters?: components["schemas"]["GenerateParameters"];
            /** @default false */
            stream?: boolean;
        };
        Completion: (components["schemas"]["Chunk"] & {
            /** @enum {string} */
            object: "text_completion";
        }) | (components["schemas"]["CompletionFinal"] & {
            /** @enum {string} */
            object: "text_completion";
        });
        CompletionComplete: {
            finish_reason: string;
            /** Format: int32 */
            index: number;
            logprobs?: number[] | null;
            text: string;
        };
        CompletionFinal: {
            choices: components["schemas"]["CompletionComplete"][];
            /** Format: int64 */
            created: number;
            id: string;
            model: string;
            system_fingerprint: string;
            usage: components["schemas"]["Usage"];
        };
        CompletionRequest: {
            /** Format: float */
            frequency_penalty?: number | null;
            /**
             * Format: int32
             * @default 1024
             */
            max_tokens?: number | null;
            model?: string | null;
            prompt: components["schemas"]["Prompt"];
            /** Format: float */
            repetition_penalty?: number | null;
            /** Format: int64 */
            seed?: number | null;
            stop?: string[] | null;
            stream?: boolean;
            suffix?: string | null;
            /** Format: float */
            temperature?: number | null;
            /** Format: float */
            top_p?: number | null;
        };
        DeltaToolCall: {
            function: components["schemas"]["Function"];
            id: string;
            /** Format: int32 */
            index: number;
            type: string;
        };
        Details: {
            best_of_sequences?: components["schemas"]["BestOfSequence"][] | null;
            finish_reason: components["schemas"]["FinishReason"];
            /** Format: int32 */
            generated_tokens: number;
            prefill: components["schemas"]["PrefillToken"][];
            /** Format: int64 */
            seed?: number | null;
            tokens: components["schemas"]["Token"][];
            top_tokens?: components["schemas"]["Token"][][];
        };
        ErrorResponse: {
            error: string;
            error_type: string;
        };
        /** @enum {string} */
        FinishReason: "length" | "eos_token" | "stop_sequence";
        Function: {
            arguments: string;
            name?: string | null;
        };
        FunctionDefinition: {
            arguments: unknown;
            description?: string | null;
            name: string;
        };
        FunctionName: {
            name: string;
        };
        GenerateParameters: {
            /** @default null */
            adapter_id?: string | null;
            /** @default null */
            best_of?: number | null;
            /** @default false */
            decoder_input_details?: boolean;
            /** @default true */
            details?: boolean;
            /** @default false */
            do_sample?: boolean;
            /**
             * Format: float
             * @default null
             */
            frequency_penalty?: number | null;
            /** @default null */
            grammar?: components["schemas"]["GrammarType"] | null;
            /**
             * Format: int32
             * @default 1024
             */
            max_new_tokens?: number | null;
            /**
             * Format: float
             * @default null
             */
            repetition_penalty?: number | null;
            /** @default null */
            return_full_text?: boolean | null;
            /**
             * Format: int64
             * @default null
             */
            seed?: number | null;
            stop?: string[];
            /**
             * Format: float
             * @default null
             */
            temperature?: number | null;
            /**
             * Format: int32
             * @default null
             */
            top_k?: number | null;
            /**
             * Format: int32
             * @default null
             */
            top_n_tokens?: number | null;
            /**
             * Format: float
             * @default null
             */
            top_p?: number | null;
            /** @default null */
            truncate?: number | null;
            /**
             * Format: float
             * @default null
             */
            typical_p?: number | null;
            /** @default false */
            watermark?: boolean;
        };
        GenerateRequest: {
            inputs: string;
            parameters?: components["schemas"]["GenerateParameters"];
        };
        GenerateResponse: {
            details?: components["schemas"]["Details"] | null;
            generated_text: string;
        };
        GrammarType: {
            /** @enum {string} */
            type: "json";
            value: unknown;
        } | {
            /** @enum {string} */
            type: "regex";
            value: string;
        } | {
            /** @enum {string} */
            type: "json_schema";
            value: components["schemas"]["JsonSchemaConfig"];
        };
        Info: {
            docker_label?: string | null;
            max_best_of: number;
            max_client_batch_size: number;
            max_concurrent_requests: number;
            max_input_tokens: number;
            max_stop_sequences: number;
            max_total_tokens: number;
            model_id: string;
            model_pipeline_tag?: string | null;
            model_sha?: string | null;
            router: string;
            sha?: string | null;
            validation_workers: number;
            version: string;
        };
        JsonSchemaConfig: {
            name?: string | null;
            schema: unknown;
        };
        Message: components["schemas"]["MessageBody"] & {
            name?: string | null;
            role: string;
        };
        MessageBody: {
            content: components["schemas"]["MessageContent"];
        } | {
            tool_calls: components["schemas"]["ToolCall"][];
        };
        MessageChunk: {
            text: string;
            /** @enum {string} */
            type: "text";
        } | {
            image_url: components["schemas"]["Url"];
            /** @enum {string} */
            type: "image_url";
        };
        MessageContent: string | components["schemas"]["MessageChunk"][];
        ModelInfo: {
            /** Format: int64 */
            created: number;
            id: string;
            object: string;
            owned_by: string;
        };
        OutputMessage: components["schemas"]["TextMessage"] | components["schemas"]["ToolCallMessage"];
        PrefillToken: {
            /** Format: int32 */
            id: number;
            /** Format: float */
            logprob: number | null;
            text: string;
        };
        Prompt: string[];
        SagemakerRequest: components["schemas"]["CompatGenerateRequest"] | components["schemas"]["ChatRequest"] | components["schemas"]["CompletionRequest"];
        SagemakerResponse: components["schemas"]["GenerateResponse"] | components["schemas"]["ChatCompletion"] | components["schemas"]["CompletionFinal"];
        SagemakerStreamResponse: components["schemas"]["StreamResponse"] | components["schemas"]["ChatCompletionChunk"] | components["schemas"]["Chunk"];
        SimpleToken: {
            /** Format: int32 */
            id: number;
            start: number;
            stop: number;
            text: string;
        };
        StreamDetails: {
            finish_reason: components["schemas"]["FinishReason"];
            /** Format: int32 */
            generated_tokens: number;
            /** Format: int32 */
            input_length: number;
            /** Format: int64 */
            seed?: number | null;
        };
        StreamOptions: {
            include_usage?: boolean;
        };
        StreamResponse: {
            /** @default null */
            details?: components["schemas"]["StreamDetails"] | null;
            /** @default null */
            generated_text?: string | null;
            /** Format: int32 */
            index: number;
            token: components["schemas"]["Token"];
            top_tokens?: components["schemas"]["Token"][];
        };
        TextMessage: {
            content: string;
            role: string;
            tool_call_id?: string | null;
        };
        Token: {
            /** Format: int32 */
            id: number;
            /** Format: float */
            logprob: number | null;
            special: boolean;
            text: string;
        };
        TokenizeResponse: components["schemas"]["SimpleToken"][];
        Tool: {
            function: components["schemas"]["FunctionDefinition"];
            type: string;
        };
        ToolCall: {
            function: components["schemas"]["FunctionDefinition"];
            id: string;
            type: string;
        };
        ToolCallDelta: {
            role: string;
            tool_calls: components["schemas"]["DeltaToolCall"][];
        };
        ToolCallMessage: {
            role: string;
            tool_calls: components["schemas"]["ToolCall"][];
        };
        ToolChoice: "auto" | "none" | "required" | {
            function: components["schemas"]["FunctionName"];
        };
        Url: {
            url: string;
        };
        Usage: {
            /** Format: int32 */
            completion_tokens: number;
            /** Format: int32 */
            prompt_tokens: number;
            /** Format: int32 */
            total_tokens: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    compat_generate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompatGenerateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerateResponse"][];
                    "text/event-stream": components["schemas"]["StreamResponse"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            424: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
        };
    };
    get_chat_tokenize: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatTokenizeResponse"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    generate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerateResponse"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            424: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
        };
    };
    generate_stream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["StreamResponse"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ErrorResponse"];
                };
            };
            424: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ErrorResponse"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ErrorResponse"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ErrorResponse"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
        };
    };
    get_model_info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Info"];
                };
            };
        };
    };
    sagemaker_compatibility: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SagemakerRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SagemakerResponse"];
                    "text/event-stream": components["schemas"]["SagemakerStreamResponse"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            424: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    tokenize: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenizeResponse"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    chat_completions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletion"];
                    "text/event-stream": components["schemas"]["ChatCompletionChunk"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            424: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
        };
    };
    completions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompletionRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompletionFinal"];
                    "text/event-stream": components["schemas"]["Chunk"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            424: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
        };
    };
    openai_get_model_info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelInfo"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
        };
    };
}
