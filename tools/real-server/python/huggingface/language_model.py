"""A language model with the routes, checks and streams of Text Generation Inference."""
import asyncio
import json
import time
from dataclasses import dataclass, field

import torch
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from access import denied
from pipelines import pipe

MODEL = "tiny/talk-llama"
MAX_TOTAL_TOKENS = 256
STREAM_HEADERS = {"content-type": "text/event-stream"}
NOT_JSON = "Failed to parse the request body as JSON"
NO_INPUTS = "Failed to deserialize the JSON body into the target type: missing field `inputs`"
OPENAI_REASONS = {"eos_token": "stop", "stop_sequence": "stop", "length": "length"}


@dataclass
class Sampling:
    count: int
    temperature: float = 0  # 0 takes the likeliest token
    top_k: int | None = None
    seed: int | None = None
    stop: list = field(default_factory=list)


@dataclass
class Token:
    id: int
    piece: str
    text: str  # of all tokens so far
    logprob: float
    special: bool
    reason: str | None  # of the end, on the last one


def fail(message, kind="validation", status=422):
    return JSONResponse({"error": message, "error_type": kind}, status)


def tokens(ids, how):
    """Generates one token at a time."""
    found = pipe("text-generation")
    model, tokenizer = found.model, found.tokenizer
    seed = how.seed if how.seed is not None else torch.seed() % 2**31
    generator = torch.Generator().manual_seed(seed)
    made, past, current = [], None, ids
    for number in range(how.count):
        # Not around the loop: every step may run in another thread, and the mode belongs to a thread.
        with torch.inference_mode():
            answer = model(input_ids=current, past_key_values=past, use_cache=True)
            past, logits = answer.past_key_values, answer.logits[0, -1]
            chosen = choose(logits, how, generator)
            logprob = float(torch.log_softmax(logits, -1)[chosen])
            current = torch.tensor([[chosen]])
        made.append(chosen)
        text = tokenizer.decode(made, skip_special_tokens=True)
        reason = None
        if chosen == tokenizer.eos_token_id:
            reason = "eos_token"
        elif any(stop in text for stop in how.stop):
            reason = "stop_sequence"
        elif number == how.count - 1:
            reason = "length"
        yield Token(chosen, tokenizer.decode([chosen]), text, logprob, chosen in tokenizer.all_special_ids, reason)
        if reason:
            return


def choose(logits, how, generator):
    if not how.temperature:
        return int(logits.argmax())
    scaled = logits / how.temperature
    if how.top_k:
        least = torch.topk(scaled, min(how.top_k, scaled.numel())).values[-1]
        scaled = scaled.masked_fill(scaled < least, -float("inf"))
    return int(torch.multinomial(torch.softmax(scaled, -1), 1, generator=generator))


def refusal(count, ids, temperature, top_p):
    """Why a request is out of bounds, as TGI says it; None when it is not."""
    given = ids.shape[1]
    if not isinstance(count, int) or count < 1:
        return "Input validation error: `max_new_tokens` must be strictly positive"
    if given + count > MAX_TOTAL_TOKENS:
        return (
            f"Input validation error: `inputs` tokens + `max_new_tokens` must be <= {MAX_TOTAL_TOKENS}."
            f" Given: {given} `inputs` tokens and {count} `max_new_tokens`"
        )
    if temperature is not None and temperature <= 0:
        return "Input validation error: `temperature` must be strictly positive"
    if top_p is not None and not 0 < top_p < 1:
        return "Input validation error: `top_p` must be > 0.0 and < 1.0"
    return None


async def each(generator):
    while (token := await asyncio.get_running_loop().run_in_executor(None, next, generator, None)) is not None:
        yield token


async def document_of(request):
    try:
        document = await request.json()
    except ValueError:
        return None
    return document if isinstance(document, dict) else {}


async def generate(request, document=None, stream=None):
    document = await document_of(request) if document is None else document
    if document is None:
        return PlainTextResponse(NOT_JSON, 400)
    if "inputs" not in document:
        return PlainTextResponse(NO_INPUTS, 422)
    parameters = document.get("parameters") or {}
    stream = document.get("stream", False) if stream is None else stream
    tokenizer = pipe("text-generation").tokenizer
    ids = tokenizer(document["inputs"], return_tensors="pt", add_special_tokens=False).input_ids
    if not ids.shape[1]:
        return fail("Input validation error: `inputs` cannot be empty")
    ids = torch.cat([torch.tensor([[tokenizer.bos_token_id]]), ids], 1)
    count, temperature = parameters.get("max_new_tokens") or 20, parameters.get("temperature")
    refused = refusal(count, ids, temperature, parameters.get("top_p"))
    if refused:
        return fail(refused)
    sampled = parameters.get("do_sample") or temperature
    how = Sampling(
        count=count,
        temperature=(temperature or 1.0) if sampled else 0,
        top_k=parameters.get("top_k"),
        seed=parameters.get("seed"),
        stop=parameters.get("stop") or [],
    )
    before = document["inputs"] if parameters.get("return_full_text") else ""

    def details(reason, number):
        return {"finish_reason": reason, "generated_tokens": number, "seed": parameters.get("seed")}

    if stream:

        async def events():
            number = 0
            async for token in each(tokens(ids, how)):
                number += 1
                last = token.reason is not None
                event = {
                    "index": number,
                    "token": described(token),
                    "generated_text": before + token.text if last else None,
                    "details": details(token.reason, number) if last else None,
                }
                yield f"data:{json.dumps(event)}\n\n"

        return StreamingResponse(events(), headers=STREAM_HEADERS)
    made = [token async for token in each(tokens(ids, how))]
    answer = {"generated_text": before + made[-1].text}
    if parameters.get("details"):
        listed = [described(token) for token in made]
        answer["details"] = {**details(made[-1].reason, len(made)), "prefill": [], "tokens": listed}
    headers = {"x-compute-type": "cpu", "x-generated-tokens": str(len(made))}
    # POST / and the serverless routes answer a list of one.
    return JSONResponse(answer if request.url.path.endswith("/generate") else [answer], headers=headers)


def described(token):
    return {"id": token.id, "text": token.piece, "logprob": token.logprob, "special": token.special}


def guarded(route):
    async def checked(request):
        return Response(status_code=401) if denied(request) else await route(request)

    return checked


@guarded
async def root(request):
    return await generate(request)


@guarded
async def generate_once(request):
    return await generate(request, stream=False)


@guarded
async def generate_stream(request):
    return await generate(request, stream=True)


def text_of(content):
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content or [])


@guarded
async def chat(request):
    document = await document_of(request)
    if document is None:
        return PlainTextResponse(NOT_JSON, 400)
    if not document.get("messages"):
        return fail("Template error: messages must not be empty", "template_error")
    tokenizer = pipe("text-generation").tokenizer
    messages = [
        {"role": message.get("role", "user"), "content": text_of(message.get("content"))}
        for message in document["messages"]
    ]
    prompt = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    ids = tokenizer(prompt, return_tensors="pt", add_special_tokens=False).input_ids
    count, temperature = document.get("max_tokens") or 30, document.get("temperature") or 0
    refused = refusal(count, ids, temperature or None, document.get("top_p"))
    if refused:
        return fail(refused)
    how = Sampling(count, temperature, None, document.get("seed"), document.get("stop") or [])
    head = {"id": "", "created": int(time.time()), "model": MODEL, "system_fingerprint": "local-1"}

    def usage(number):
        given = ids.shape[1]
        return {"prompt_tokens": given, "completion_tokens": number, "total_tokens": given + number}

    if document.get("stream"):
        with_usage = (document.get("stream_options") or {}).get("include_usage")
        return StreamingResponse(chat_events(ids, how, head, usage if with_usage else None), headers=STREAM_HEADERS)
    made = [token async for token in each(tokens(ids, how))]
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": made[-1].text},
        "logprobs": None,
        "finish_reason": OPENAI_REASONS[made[-1].reason],
    }
    return JSONResponse({"object": "chat.completion", **head, "choices": [choice], "usage": usage(len(made))})


async def chat_events(ids, how, head, usage):
    head = {"object": "chat.completion.chunk", **head}
    number, before = 0, ""
    async for token in each(tokens(ids, how)):
        number += 1
        delta = {"role": "assistant", "content": token.text[len(before) :]}
        before = token.text
        reason = OPENAI_REASONS[token.reason] if token.reason else None
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        yield f"data: {json.dumps({**head, 'choices': [choice]})}\n\n"
    if usage is not None:
        yield f"data: {json.dumps({**head, 'choices': [], 'usage': usage(number)})}\n\n"
    yield "data: [DONE]\n\n"


async def info(request):
    return JSONResponse(
        {
            "model_id": MODEL,
            "model_sha": None,
            "model_pipeline_tag": "text-generation",
            "max_concurrent_requests": 4,
            "max_input_tokens": MAX_TOTAL_TOKENS - 1,
            "max_total_tokens": MAX_TOTAL_TOKENS,
            "version": "3.0.0-local",
            "router": "local",
        }
    )


async def models(request):
    entry = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
    return JSONResponse({"object": "list", "data": [entry]})


async def health(request):
    return Response()
