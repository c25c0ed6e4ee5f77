// Generated from openapi/inference.json and openapi/overlay.json. Do not edit.
// To correct a type, change openapi/overlay.json and run: npm run openapi -- generate

export interface paths {
    "/build": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["builder_browse_build_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/build/api": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_all_workflows_build_api_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/build/api/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_cached_models_build_api_models_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/build/api/{workflow_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_workflow_build_api__workflow_id__get"];
        put?: never;
        post: operations["create_or_overwrite_workflow_build_api__workflow_id__post"];
        delete: operations["delete_workflow_build_api__workflow_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/build/edit/{workflow_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["builder_edit_build_edit__workflow_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clear_cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["legacy_clear_cache_clear_cache_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clip/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["clip_compare_clip_compare_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clip/embed_image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["clip_embed_image_clip_embed_image_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clip/embed_text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["clip_embed_text_clip_embed_text_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["dashboard_guard_dashboard_html_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head: operations["dashboard_guard_dashboard_html_head"];
        patch?: never;
        trace?: never;
    };
    "/device/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["device_stats_device_stats_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctr/ocr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["doctr_retrieve_text_doctr_ocr_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/easy_ocr/ocr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["easy_ocr_retrieve_text_easy_ocr_ocr_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gaze/gaze_detection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @deprecated */
        post: operations["gaze_detection_deprecated_gaze_gaze_detection_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grounding_dino/infer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["grounding_dino_infer_grounding_dino_infer_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["healthz_healthz_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/action_recognition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_action_recognition_infer_action_recognition_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/classification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_classification_infer_classification_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/depth-estimation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["depth_estimation_infer_depth_estimation_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/depth-estimation/{model_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["depth_estimation_with_model_id_infer_depth_estimation__model_id__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_embeddings_infer_embeddings_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/instance_segmentation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_instance_segmentation_infer_instance_segmentation_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/keypoints_detection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_keypoints_infer_keypoints_detection_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/lmm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_lmm_infer_lmm_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/lmm/{model_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_lmm_with_model_id_infer_lmm__model_id__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/object_detection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_object_detection_infer_object_detection_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/semantic_segmentation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_semantic_segmentation_infer_semantic_segmentation_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @deprecated */
        post: operations["infer_from_workflow_infer_workflows_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/infer/workflows/{workspace_name}/{workflow_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @deprecated */
        post: operations["infer_from_predefined_workflow_infer_workflows__workspace_name___workflow_id__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inference_pipelines/initialise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["initialise_inference_pipelines_initialise_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inference_pipelines/initialise_webrtc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["initialise_webrtc_inference_pipeline_inference_pipelines_initialise_webrtc_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inference_pipelines/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_pipelines_inference_pipelines_list_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inference_pipelines/{pipeline_id}/consume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["consume_inference_pipelines__pipeline_id__consume_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inference_pipelines/{pipeline_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["pause_inference_pipelines__pipeline_id__pause_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inference_pipelines/{pipeline_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resume_inference_pipelines__pipeline_id__resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inference_pipelines/{pipeline_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_status_inference_pipelines__pipeline_id__status_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inference_pipelines/{pipeline_id}/terminate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["terminate_inference_pipelines__pipeline_id__terminate_post"];
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
        get: operations["root_info_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/initialise_webrtc_worker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["initialise_webrtc_worker_initialise_webrtc_worker_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_logs_logs_get"];
        put?: never;
        post?: never;
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
        get: operations["metrics_metrics_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["model_add_model_add_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["model_clear_model_clear_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model/registry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["registry_model_registry_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["model_remove_model_remove_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notebook/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["notebook_start_notebook_start_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ocr/pp-ocr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["pp_ocr_retrieve_text_ocr_pp_ocr_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ocr/trocr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["trocr_retrieve_text_ocr_trocr_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/owlv2/infer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["owlv2_infer_owlv2_infer_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/perception_encoder/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["pe_compare_perception_encoder_compare_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/perception_encoder/embed_image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["pe_embed_image_perception_encoder_embed_image_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/perception_encoder/embed_text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["pe_embed_text_perception_encoder_embed_text_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readiness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["readiness_readiness_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sam/embed_image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sam_embed_image_sam_embed_image_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sam/segment_image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sam_segment_image_sam_segment_image_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sam2/embed_image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sam2_embed_image_sam2_embed_image_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sam2/segment_image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sam2_segment_image_sam2_segment_image_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sam3/concept_segment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sam3_segment_image_sam3_concept_segment_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sam3/embed_image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sam3_embed_image_sam3_embed_image_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sam3/visual_segment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sam3_visual_segment_sam3_visual_segment_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sam3_3d/infer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sam3_3d_infer_sam3_3d_infer_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/secure-gateway/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["secure_gateway_health_secure_gateway_health_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/start/{dataset_id}/{version_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["model_add_legacy_start__dataset_id___version_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webrtc/session/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["webrtc_session_heartbeat_webrtc_session_heartbeat_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webrtc/session/heartbeat/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["webrtc_session_end_webrtc_session_heartbeat_end_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/blocks/describe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @deprecated */
        get: operations["describe_workflows_blocks_workflows_blocks_describe_get"];
        put?: never;
        post: operations["describe_workflows_blocks_workflows_blocks_describe_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/blocks/dynamic_outputs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_dynamic_block_outputs_workflows_blocks_dynamic_outputs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/definition/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_workflow_schema_workflows_definition_schema_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/describe_interface": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["describe_workflow_interface_workflows_describe_interface_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/describe_workload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["describe_workflow_workload_route_workflows_describe_workload_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/execution_engine/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_execution_engine_versions_workflows_execution_engine_versions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_from_workflow_workflows_run_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["validate_workflow_workflows_validate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/yolo_world/infer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["yolo_world_infer_yolo_world_infer_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{dataset_id}/{version_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["legacy_infer_from_request__dataset_id___version_id__get"];
        put?: never;
        post: operations["legacy_infer_from_request__dataset_id___version_id__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{workspace_name}/workflows/{workflow_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["infer_from_predefined_workflow__workspace_name__workflows__workflow_id__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{workspace_name}/workflows/{workflow_id}/describe_interface": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["describe_predefined_workflow_interface__workspace_name__workflows__workflow_id__describe_interface_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{workspace_name}/workflows/{workflow_id}/describe_workload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["describe_predefined_workflow_workload__workspace_name__workflows__workflow_id__describe_workload_post"];
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
        ActionRecognitionInferenceRequest: {
            api_key?: string | null;
            class_filter?: string[] | null;
            confidence?: number | ("best" | "default") | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            /** @default false */
            include_candidates?: boolean;
            model_id: string;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
            video: components["schemas"]["InferenceRequestVideo"];
        };
        ActionRecognitionInferenceResponse: {
            candidates?: components["schemas"]["ActionRecognitionPrediction"][] | null;
            confidence_threshold?: number | null;
            frame_count: number;
            frame_id?: number | null;
            inference_id?: string | null;
            per_class_confidence_thresholds?: {
                [key: string]: number;
            } | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            source_fps: number;
            /**
             * @default instances
             * @enum {string}
             */
            span_semantics?: "instances" | "class_union";
            time?: number | null;
            timeline: components["schemas"]["ActionRecognitionPrediction"][];
            windows_classified: number;
        };
        ActionRecognitionPrediction: {
            class: string;
            class_id: number;
            confidence?: number | null;
            end_frame_idx: number;
            start_frame_idx: number;
        };
        AddModelRequest: {
            api_key?: string | null;
            model_id: string;
            model_type?: string | null;
        };
        AnomalyDetectionResponse: {
            anomaly_map?: components["schemas"]["AnomalyMapPayload"] | null;
            anomaly_scale: number;
            anomaly_score: number;
            anomaly_threshold: number;
            /** @default 0 */
            confidence?: number;
            frame_id?: number | null;
            image: components["schemas"]["InferenceResponseImage"][] | components["schemas"]["InferenceResponseImage"];
            inference_id?: string | null;
            is_anomalous: boolean;
            parent_id?: string | null;
            predictions: components["schemas"]["ClassificationPrediction"][];
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
            /** @default  */
            top?: string;
            visualization?: string | null;
        };
        AnomalyMapPayload: {
            data: string;
            /** @constant */
            dtype: "float32";
            shape: number[];
        };
        BaseModel: Record<string, unknown>;
        BlockDescription: {
            block_schema: {
                [key: string]: unknown;
            };
            block_source: string;
            dimensionality_reference_property: string | null;
            execution_engine_compatibility?: string | null;
            fully_qualified_block_class_name: string;
            human_friendly_block_name: string;
            input_dimensionality_offsets: {
                [key: string]: number;
            };
            manifest_type_identifier: string;
            manifest_type_identifier_aliases?: string[];
            output_dimensionality_offset: number;
            outputs_manifest: components["schemas"]["OutputDefinition"][];
            restrictions?: {
                [key: string]: unknown;
            }[];
        };
        Box: {
            height: number;
            width: number;
            x: number;
            y: number;
        };
        BoxXYXY: {
            x0: number;
            x1: number;
            y0: number;
            y1: number;
        };
        /** @enum {string} */
        BufferConsumptionStrategy: "LAZY" | "EAGER";
        /** @enum {string} */
        BufferFillingStrategy: "WAIT" | "DROP_OLDEST" | "ADAPTIVE_DROP_OLDEST" | "DROP_LATEST" | "ADAPTIVE_DROP_LATEST";
        ClassificationInferenceRequest: {
            active_learning_target_dataset?: string | null;
            api_key?: string | null;
            /** @default 0.4 */
            confidence?: number | ("best" | "default");
            /** @default false */
            disable_active_learning?: boolean | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default false */
            disable_preproc_auto_orient?: boolean | null;
            /** @default false */
            disable_preproc_contrast?: boolean | null;
            /** @default false */
            disable_preproc_grayscale?: boolean | null;
            /** @default false */
            disable_preproc_static_crop?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            /** @default false */
            include_anomaly_map?: boolean;
            model_id: string | null;
            model_type?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
            /** @default 1 */
            visualization_stroke_width?: number | null;
            /** @default false */
            visualize_predictions?: boolean | null;
        };
        ClassificationInferenceResponse: {
            /** @default 0 */
            confidence?: number;
            frame_id?: number | null;
            image: components["schemas"]["InferenceResponseImage"][] | components["schemas"]["InferenceResponseImage"];
            inference_id?: string | null;
            parent_id?: string | null;
            predictions: components["schemas"]["ClassificationPrediction"][];
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
            /** @default  */
            top?: string;
            visualization?: string | null;
        };
        ClassificationPrediction: {
            class: string;
            class_id: number;
            confidence: number;
        };
        ClearModelRequest: {
            model_id: string;
        };
        ClipCompareRequest: {
            api_key?: string | null;
            /** @default ViT-B-16 */
            clip_version_id?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            model_id?: string | null;
            prompt: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"] | string | string[] | {
                [key: string]: components["schemas"]["InferenceRequestImage"] | string;
            };
            /** @default text */
            prompt_type?: string;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            subject: components["schemas"]["InferenceRequestImage"] | string;
            /** @default image */
            subject_type?: string;
            /** @default true */
            usage_billable?: boolean;
        };
        ClipCompareResponse: {
            frame_id?: number | null;
            inference_id?: string | null;
            parent_id?: string | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            similarity: number[] | {
                [key: string]: number;
            };
            time?: number | null;
        };
        ClipEmbeddingResponse: {
            embeddings: number[][];
            frame_id?: number | null;
            inference_id?: string | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
        };
        ClipImageEmbeddingRequest: {
            api_key?: string | null;
            /** @default ViT-B-16 */
            clip_version_id?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        ClipTextEmbeddingRequest: {
            api_key?: string | null;
            /** @default ViT-B-16 */
            clip_version_id?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            model_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            text: string[] | string;
            /** @default true */
            usage_billable?: boolean;
        };
        CommandContext: {
            pipeline_id?: string | null;
            request_id?: string | null;
        };
        CommandResponse: {
            context: components["schemas"]["CommandContext"];
            status: string;
        };
        ConsumePipelineResponse: {
            context: components["schemas"]["CommandContext"];
            frames_metadata: (components["schemas"]["FrameMetadata"] | null)[];
            outputs: ({
                [key: string]: unknown;
            } | null)[];
            status: string;
        };
        ConsumeResultsPayload: {
            excluded_fields?: string[];
        };
        DependentResource: {
            metadata: components["schemas"]["RoboflowPlatformModelMetadata"] | components["schemas"]["RoboflowPlatformProjectMetadata"] | components["schemas"]["ThirdPartyModelMetadata"];
            resource_type: components["schemas"]["DependentResourceType"];
            /**
             * @default dependent_resource_v1
             * @constant
             */
            type?: "dependent_resource_v1";
        };
        /** @enum {string} */
        DependentResourceType: "roboflow_platform_model" | "roboflow_platform_project" | "third_party_model";
        DepthEstimationRequest: {
            api_key?: string | null;
            /**
             * @default json
             * @enum {string}
             */
            depth_map_format?: "json" | "png16" | "png8";
            /** @default small */
            depth_version_id?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id?: string | null;
            model_type?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        DepthEstimationResponse: {
            /**
             * @default json
             * @enum {string}
             */
            depth_map_format?: "json" | "png16" | "png8";
            frame_id?: number | null;
            image?: string | null;
            inference_id?: string | null;
            normalized_depth: string | number[][];
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
        };
        DescribeBlocksRequest: {
            api_key?: string | null;
            dynamic_blocks_definitions?: components["schemas"]["DynamicBlockDefinition"][];
            execution_engine_version?: string | null;
        };
        DescribeInterfaceResponse: {
            inputs: {
                [key: string]: string[];
            };
            kinds_schemas: {
                [key: string]: {
                    [key: string]: unknown;
                } | {
                    [key: string]: unknown;
                }[];
            };
            outputs: {
                [key: string]: string[] | {
                    [key: string]: string[];
                };
            };
            typing_hints: {
                [key: string]: string;
            };
        };
        DiscoveryProblem: {
            code: components["schemas"]["DiscoveryProblemCode"];
            description: string;
            details?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * @default discovery_problem_v1
             * @constant
             */
            type?: "discovery_problem_v1";
        };
        /** @enum {string} */
        DiscoveryProblemCode: "declaration_unavailable" | "declaration_failed" | "unresolved_selector" | "invalid_resource_identifier" | "opaque_remote_workflow" | "custom_python_internals_unknown";
        Discovery_DependentResource_: {
            complete: boolean;
            items: components["schemas"]["DependentResource"][];
            /**
             * @default discovery_v1
             * @constant
             */
            type?: "discovery_v1";
            unknown_reasons: components["schemas"]["DiscoveryProblem"][];
        };
        Discovery_ModelSummary_: {
            complete: boolean;
            items: components["schemas"]["ModelSummary"][];
            /**
             * @default discovery_v1
             * @constant
             */
            type?: "discovery_v1";
            unknown_reasons: components["schemas"]["DiscoveryProblem"][];
        };
        Discovery_RestrictionMetadata_: {
            complete: boolean;
            items: components["schemas"]["RestrictionMetadata"][];
            /**
             * @default discovery_v1
             * @constant
             */
            type?: "discovery_v1";
            unknown_reasons: components["schemas"]["DiscoveryProblem"][];
        };
        Discovery_WorkOperation_: {
            complete: boolean;
            items: components["schemas"]["WorkOperation"][];
            /**
             * @default discovery_v1
             * @constant
             */
            type?: "discovery_v1";
            unknown_reasons: components["schemas"]["DiscoveryProblem"][];
        };
        DoctrOCRInferenceRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default default */
            doctr_version_id?: string | null;
            /** @default false */
            generate_bounding_boxes?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        DynamicBlockDefinition: {
            code: components["schemas"]["PythonCode"];
            manifest: components["schemas"]["ManifestDescription"];
            /** @constant */
            type: "DynamicBlockDefinition";
        };
        DynamicInputDefinition: {
            default_value?: unknown;
            /** @default 0 */
            dimensionality_offset?: number;
            /** @default false */
            has_default_value?: boolean;
            /** @default false */
            is_dimensionality_reference?: boolean;
            /** @default false */
            is_optional?: boolean;
            selector_data_kind?: {
                [key: string]: string[];
            };
            selector_types?: components["schemas"]["SelectorType"][];
            /** @constant */
            type: "DynamicInputDefinition";
            value_types?: components["schemas"]["ValueType"][];
        };
        DynamicOutputDefinition: {
            kind?: string[];
            /** @constant */
            type: "DynamicOutputDefinition";
        };
        EasyOCRInferenceRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default english_g2 */
            easy_ocr_version_id?: string | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            /**
             * @default [
             *       "en"
             *     ]
             */
            language_codes?: string[] | null;
            model_id?: string | null;
            /** @default false */
            quantize?: boolean | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        EmbeddingInfo: {
            backend: string;
            dimension: number;
            feature_definition: string;
            feature_tensor?: string | null;
            model_id: string;
            /** @default none */
            normalization?: string;
            /**
             * @default feature_vector
             * @enum {string}
             */
            output_type?: "feature_vector" | "logits";
            precision: string;
            preprocessing: {
                [key: string]: unknown;
            };
            source_artifact_sha256?: string | null;
            space_id: string;
            transform_version?: number | null;
        };
        ExecutionEngineVersions: {
            versions: string[];
        };
        ExternalBlockPropertyPrimitiveDefinition: {
            manifest_type_identifier: string;
            property_description: string;
            property_name: string;
            type_annotation: string;
        };
        ExternalOperationDescription: {
            compound: boolean;
            description?: string | null;
            input_kind: string[];
            nested_operation_input_kind?: string[] | null;
            nested_operation_output_kind?: string[] | null;
            operation_type: string;
            output_kind: string[];
            property_name_options?: string[] | null;
        };
        ExternalOperatorDescription: {
            description?: string | null;
            operands_kinds: string[][];
            operands_number: number;
            operator_type: string;
        };
        ExternalWorkflowsBlockSelectorDefinition: {
            compatible_element: string;
            is_dict_element: boolean;
            is_list_element: boolean;
            manifest_type_identifier: string;
            property_description: string;
            property_name: string;
        };
        FrameMetadata: {
            frame_id: number;
            /** Format: date-time */
            frame_timestamp: string;
            source_id: number | null;
        };
        GraphEdge: {
            /** @enum {string} */
            kind: "data" | "control";
            source: string;
            target: string;
            /**
             * @default graph_edge_v1
             * @constant
             */
            type?: "graph_edge_v1";
        };
        GraphNode: {
            id: string;
            /** @enum {string} */
            kind: "input" | "step" | "output";
            /**
             * @default graph_node_v1
             * @constant
             */
            type?: "graph_node_v1";
        };
        GroundingDINOInferenceRequest: {
            api_key?: string | null;
            /** @default 0.5 */
            box_threshold?: number | null;
            /** @default false */
            class_agnostic_nms?: boolean | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default false */
            disable_preproc_auto_orient?: boolean | null;
            /** @default false */
            disable_preproc_contrast?: boolean | null;
            /** @default false */
            disable_preproc_grayscale?: boolean | null;
            /** @default false */
            disable_preproc_static_crop?: boolean | null;
            /** @default default */
            grounding_dino_version_id?: string | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id?: string | null;
            model_type?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            text: string[];
            /** @default 0.5 */
            text_threshold?: number | null;
            /** @default true */
            usage_billable?: boolean;
        };
        HTTPValidationError: {
            detail?: components["schemas"]["ValidationError"][];
        };
        ImageEmbeddingRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default false */
            disable_preproc_auto_orient?: boolean | null;
            /** @default false */
            disable_preproc_contrast?: boolean | null;
            /** @default false */
            disable_preproc_grayscale?: boolean | null;
            /** @default false */
            disable_preproc_static_crop?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id: string;
            /**
             * @default classification
             * @constant
             */
            model_type?: "classification";
            /**
             * @default feature_vector
             * @enum {string}
             */
            output_type?: "feature_vector" | "logits";
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        ImageEmbeddingResponse: {
            embedding_info: components["schemas"]["EmbeddingInfo"];
            embeddings: number[][];
            frame_id?: number | null;
            inference_id?: string | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
        };
        InferencePipelineStatusResponse: {
            context: components["schemas"]["CommandContext"];
            report: {
                [key: string]: unknown;
            };
            status: string;
        };
        InferenceRequestImage: {
            type: string;
            value?: unknown | null;
        };
        InferenceRequestVideo: {
            type: string;
            value?: unknown | null;
        };
        InferenceResponseImage: {
            height: number;
            width: number;
        };
        InitialisePipelinePayload: {
            api_key?: string | null;
            consumption_timeout?: number | null;
            /** @default 64 */
            decoding_buffer_size?: number;
            /** @default 512 */
            predictions_queue_size?: number;
            processing_configuration: components["schemas"]["WorkflowConfiguration"];
            /**
             * @default {
             *       "results_buffer_size": 64,
             *       "type": "MemorySinkConfiguration"
             *     }
             */
            sink_configuration?: components["schemas"]["MemorySinkConfiguration"];
            video_configuration: components["schemas"]["VideoConfiguration"];
        };
        InitialiseWebRTCPipelinePayload: {
            api_key?: string | null;
            consumption_timeout?: number | null;
            data_output?: string[] | null;
            /** @default 64 */
            decoding_buffer_size?: number;
            /** @default 10 */
            fps_probe_frames?: number;
            /** @default 30 */
            max_consecutive_timeouts?: number;
            /** @default 5 */
            min_consecutive_on_time?: number;
            /** @default 512 */
            predictions_queue_size?: number;
            processing_configuration: components["schemas"]["WorkflowConfiguration"];
            /** @default 0.005 */
            processing_timeout?: number;
            /**
             * @default {
             *       "results_buffer_size": 64,
             *       "type": "MemorySinkConfiguration"
             *     }
             */
            sink_configuration?: components["schemas"]["MemorySinkConfiguration"];
            stream_output?: string[] | null;
            video_configuration: components["schemas"]["VideoConfiguration"];
            webcam_fps?: number | null;
            webrtc_offer: components["schemas"]["WebRTCOffer"];
            /** @default 1 */
            webrtc_peer_timeout?: number;
            /** @default true */
            webrtc_realtime_processing?: boolean;
            webrtc_turn_config?: components["schemas"]["WebRTCTURNConfig"] | null;
        };
        InitializeWebRTCPipelineResponse: {
            context: components["schemas"]["CommandContext"];
            sdp: string;
            status: string;
            type: string;
        };
        InitializeWebRTCResponse: {
            context: components["schemas"]["CommandContext"];
            sdp: string;
            status: string;
            type: string;
        };
        InstanceSegmentationInferenceRequest: {
            active_learning_target_dataset?: string | null;
            /** @default false */
            allow_reduced_mask_resolution?: boolean;
            api_key?: string | null;
            /** @default false */
            class_agnostic_nms?: boolean | null;
            class_filter?: string[] | null;
            /** @default 0.4 */
            confidence?: number | ("best" | "default");
            /** @default false */
            disable_active_learning?: boolean | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default false */
            disable_preproc_auto_orient?: boolean | null;
            /** @default false */
            disable_preproc_contrast?: boolean | null;
            /** @default false */
            disable_preproc_grayscale?: boolean | null;
            /** @default false */
            disable_preproc_static_crop?: boolean | null;
            /** @default false */
            enforce_dense_masks_in_inference_models?: boolean | null;
            /** @default false */
            fix_batch_size?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            /** @default 0.3 */
            iou_threshold?: number | null;
            /** @default accurate */
            mask_decode_mode?: string | null;
            /** @default 3000 */
            max_candidates?: number | null;
            /** @default 300 */
            max_detections?: number | null;
            model_id: string | null;
            model_type?: string | null;
            /**
             * @default polygon
             * @enum {string}
             */
            response_mask_format?: "polygon" | "rle";
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default 0 */
            tradeoff_factor?: number | null;
            /** @default true */
            usage_billable?: boolean;
            /** @default false */
            visualization_labels?: boolean | null;
            /** @default 1 */
            visualization_stroke_width?: number | null;
            /** @default false */
            visualize_predictions?: boolean | null;
        };
        InstanceSegmentationInferenceResponse: {
            frame_id?: number | null;
            image: components["schemas"]["InferenceResponseImage"][] | components["schemas"]["InferenceResponseImage"];
            inference_id?: string | null;
            mask_metadata?: components["schemas"]["MaskCoordinateMetadata"] | null;
            original_image?: components["schemas"]["InferenceResponseImage"] | null;
            predictions: (components["schemas"]["InstanceSegmentationPrediction"] | components["schemas"]["InstanceSegmentationRLEPrediction"])[];
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
            visualization?: string | null;
        };
        InstanceSegmentationPrediction: {
            class: string;
            class_confidence?: number | null;
            class_id: number;
            confidence: number;
            detection_id?: string;
            height: number;
            /**
             * @default polygon
             * @constant
             */
            mask_format?: "polygon";
            parent_id?: string | null;
            points: components["schemas"]["Point-Output"][];
            width: number;
            x: number;
            y: number;
        };
        InstanceSegmentationRLEPrediction: {
            class: string;
            class_id: number;
            confidence: number;
            detection_id?: string;
            height: number;
            /**
             * @default rle
             * @constant
             */
            mask_format?: "rle";
            parent_id?: string | null;
            rle: {
                [key: string]: unknown;
            };
            width: number;
            x: number;
            y: number;
        };
        JsonValue: unknown;
        Keypoint: {
            class: string;
            class_id: number;
            confidence: number;
            x: number;
            y: number;
        };
        KeypointsDetectionInferenceRequest: {
            active_learning_target_dataset?: string | null;
            api_key?: string | null;
            /** @default false */
            class_agnostic_nms?: boolean | null;
            class_filter?: string[] | null;
            /** @default 0.4 */
            confidence?: number | ("best" | "default");
            /** @default false */
            disable_active_learning?: boolean | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default false */
            disable_preproc_auto_orient?: boolean | null;
            /** @default false */
            disable_preproc_contrast?: boolean | null;
            /** @default false */
            disable_preproc_grayscale?: boolean | null;
            /** @default false */
            disable_preproc_static_crop?: boolean | null;
            /** @default false */
            fix_batch_size?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            /** @default 0.3 */
            iou_threshold?: number | null;
            /** @default 0 */
            keypoint_confidence?: number | null;
            /** @default 3000 */
            max_candidates?: number | null;
            /** @default 300 */
            max_detections?: number | null;
            model_id: string | null;
            model_type?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
            /** @default false */
            visualization_labels?: boolean | null;
            /** @default 1 */
            visualization_stroke_width?: number | null;
            /** @default false */
            visualize_predictions?: boolean | null;
        };
        KeypointsDetectionInferenceResponse: {
            frame_id?: number | null;
            image: components["schemas"]["InferenceResponseImage"][] | components["schemas"]["InferenceResponseImage"];
            inference_id?: string | null;
            predictions: components["schemas"]["KeypointsPrediction"][];
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
            visualization?: string | null;
        };
        KeypointsPrediction: {
            class: string;
            class_confidence?: number | null;
            class_id: number;
            confidence: number;
            detection_id?: string;
            height: number;
            keypoints: components["schemas"]["Keypoint"][];
            parent_id?: string | null;
            tracker_id?: number | null;
            width: number;
            x: number;
            y: number;
        };
        Kind: {
            description?: string | null;
            docs?: string | null;
            internal_data_type?: string | null;
            name: string;
            serialised_data_type?: string | null;
        };
        LMMInferenceRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default false */
            disable_preproc_auto_orient?: boolean | null;
            /** @default false */
            disable_preproc_contrast?: boolean | null;
            /** @default false */
            disable_preproc_grayscale?: boolean | null;
            /** @default false */
            disable_preproc_static_crop?: boolean | null;
            /** @default false */
            enable_thinking?: boolean;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            max_new_tokens?: number | null;
            model_id: string | null;
            model_type?: string | null;
            prompt?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        LMMInferenceResponse: {
            frame_id?: number | null;
            image: components["schemas"]["InferenceResponseImage"][] | components["schemas"]["InferenceResponseImage"];
            inference_id?: string | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            response: string | {
                [key: string]: unknown;
            };
            time?: number | null;
        };
        ListPipelinesResponse: {
            context: components["schemas"]["CommandContext"];
            pipelines: string[];
            status: string;
        };
        ManifestDescription: {
            /** @default false */
            accepts_batch_input?: boolean;
            /** @default false */
            accepts_empty_values?: boolean;
            batch_oriented_parameters?: string[];
            block_type: string;
            description?: string | null;
            get_parameters_enforcing_auto_batch_casting?: string[];
            inputs: {
                [key: string]: components["schemas"]["DynamicInputDefinition"];
            };
            /** @default 0 */
            output_dimensionality_offset?: number;
            outputs?: {
                [key: string]: components["schemas"]["DynamicOutputDefinition"];
            };
            parameters_with_scalars_and_batches?: string[];
            /** @default legacy_compatibility */
            tensor_compatibility?: components["schemas"]["TensorCompatibility"];
            /** @constant */
            type: "ManifestDescription";
            ui_manifest?: {
                [key: string]: unknown;
            } | null;
        };
        MaskCoordinateMetadata: {
            /**
             * @default mask_grid
             * @constant
             */
            coordinate_system?: "mask_grid";
            height: number;
            scale_x: number;
            scale_y: number;
            width: number;
        };
        MemorySinkConfiguration: {
            /** @default 64 */
            results_buffer_size?: number;
            /** @constant */
            type: "MemorySinkConfiguration";
        };
        ModelDescriptionEntity: {
            batch_size?: number | null;
            input_height?: number | null;
            input_width?: number | null;
            model_id: string;
            request_aliases?: string[];
            request_paths?: string[];
            task_type: string;
            vram_bytes?: number | null;
        };
        /** @enum {string} */
        ModelExecutionLocation: "local" | "remote" | "environment_defined";
        ModelMetadata: {
            model_type?: string | null;
            model_variant?: string | null;
            task_type?: string | null;
            /**
             * @default model_metadata_v1
             * @constant
             */
            type?: "model_metadata_v1";
        };
        /** @enum {string} */
        ModelRequiredAction: "access" | "execution";
        ModelSummary: {
            metadata?: components["schemas"]["ModelMetadata"] | null;
            /** @enum {string} */
            metadata_status: "available" | "disabled" | "unavailable";
            model_id: string;
            provider: string;
            steps_by_dimensionality: {
                [key: string]: number;
            };
            /**
             * @default model_summary_v1
             * @constant
             */
            type?: "model_summary_v1";
            used_by_steps: string[];
        };
        ModelsDescriptions: {
            gpu_memory_total?: number | null;
            gpu_memory_used?: number | null;
            models: components["schemas"]["ModelDescriptionEntity"][];
            non_torch_gpu_memory?: number | null;
            torch_cuda_allocated?: number | null;
            torch_cuda_allocator_cache?: number | null;
            torch_cuda_reserved?: number | null;
            total_vram_bytes?: number | null;
        };
        MultiLabelClassificationInferenceResponse: {
            frame_id?: number | null;
            image: components["schemas"]["InferenceResponseImage"][] | components["schemas"]["InferenceResponseImage"];
            inference_id?: string | null;
            parent_id?: string | null;
            predicted_classes: string[];
            predictions: {
                [key: string]: components["schemas"]["MultiLabelClassificationPrediction"];
            };
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
            visualization?: string | null;
        };
        MultiLabelClassificationPrediction: {
            class_id: number;
            confidence: number;
        };
        OCRInferenceResponse: {
            frame_id?: number | null;
            image?: components["schemas"]["InferenceResponseImage"] | null;
            inference_id?: string | null;
            parent_id?: string | null;
            predictions?: components["schemas"]["ObjectDetectionPrediction"][] | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            result: string;
            time: number;
        };
        ObjectDetectionInferenceRequest: {
            active_learning_target_dataset?: string | null;
            api_key?: string | null;
            /** @default false */
            class_agnostic_nms?: boolean | null;
            class_filter?: string[] | null;
            /** @default 0.4 */
            confidence?: number | ("best" | "default");
            /** @default false */
            disable_active_learning?: boolean | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default false */
            disable_preproc_auto_orient?: boolean | null;
            /** @default false */
            disable_preproc_contrast?: boolean | null;
            /** @default false */
            disable_preproc_grayscale?: boolean | null;
            /** @default false */
            disable_preproc_static_crop?: boolean | null;
            /** @default false */
            fix_batch_size?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            /** @default 0.3 */
            iou_threshold?: number | null;
            /** @default 3000 */
            max_candidates?: number | null;
            /** @default 300 */
            max_detections?: number | null;
            model_id: string | null;
            model_type?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
            /** @default false */
            visualization_labels?: boolean | null;
            /** @default 1 */
            visualization_stroke_width?: number | null;
            /** @default false */
            visualize_predictions?: boolean | null;
        };
        ObjectDetectionInferenceResponse: {
            frame_id?: number | null;
            image: components["schemas"]["InferenceResponseImage"][] | components["schemas"]["InferenceResponseImage"];
            inference_id?: string | null;
            predictions: components["schemas"]["ObjectDetectionPrediction"][];
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
            visualization?: string | null;
        };
        ObjectDetectionPrediction: {
            class: string;
            class_confidence?: number | null;
            class_id: number;
            confidence: number;
            detection_id?: string;
            height: number;
            parent_id?: string | null;
            tracker_id?: number | null;
            width: number;
            x: number;
            y: number;
        };
        OutputDefinition: {
            kind?: components["schemas"]["Kind"][];
            name: string;
        };
        OwlV2InferenceRequest: {
            api_key?: string | null;
            /** @default 0.99 */
            confidence?: number | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id?: string | null;
            /** @default owlv2-large-patch14-ensemble */
            owlv2_version_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            training_data: components["schemas"]["TrainingImage"][];
            /** @default true */
            usage_billable?: boolean;
            /** @default false */
            visualization_labels?: boolean | null;
            /** @default 1 */
            visualization_stroke_width?: number | null;
            /** @default false */
            visualize_predictions?: boolean | null;
        };
        PPOCRInferenceRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id?: string | null;
            pp_ocr_version_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default __unset__ */
            text_detection?: string | null;
            /** @default __unset__ */
            text_recognition?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        PerceptionEncoderCompareRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            model_id?: string | null;
            /** @default PE-Core-L14-336 */
            perception_encoder_version_id?: string | null;
            prompt: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"] | string | string[] | {
                [key: string]: components["schemas"]["InferenceRequestImage"] | string;
            };
            /** @default text */
            prompt_type?: string;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            subject: components["schemas"]["InferenceRequestImage"] | string;
            /** @default image */
            subject_type?: string;
            /** @default true */
            usage_billable?: boolean;
        };
        PerceptionEncoderCompareResponse: {
            frame_id?: number | null;
            inference_id?: string | null;
            parent_id?: string | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            similarity: number[] | {
                [key: string]: number;
            };
            time?: number | null;
        };
        PerceptionEncoderEmbeddingResponse: {
            embeddings: number[][];
            frame_id?: number | null;
            inference_id?: string | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
        };
        PerceptionEncoderImageEmbeddingRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id?: string | null;
            /** @default PE-Core-L14-336 */
            perception_encoder_version_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        PerceptionEncoderTextEmbeddingRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            model_id?: string | null;
            /** @default PE-Core-L14-336 */
            perception_encoder_version_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            text: string[] | string;
            /** @default true */
            usage_billable?: boolean;
        };
        "Point-Input": {
            positive: boolean;
            x: number;
            y: number;
        };
        "Point-Output": {
            x: number;
            y: number;
        };
        PredefinedWorkflowDescribeInterfaceRequest: {
            api_key?: string | null;
            /** @default true */
            use_cache?: boolean;
            workflow_version_id?: string | null;
        };
        PredefinedWorkflowDescribeWorkloadRequest: {
            api_key?: string | null;
            /** @default true */
            use_cache?: boolean;
            workflow_version_id?: string | null;
        };
        PredefinedWorkflowInferenceRequest: {
            api_key?: string | null;
            /** @default false */
            debug?: boolean;
            /** @default false */
            disable_sinks?: boolean;
            /** @default false */
            enable_profiling?: boolean;
            excluded_fields?: string[] | null;
            /** @default 0 */
            inner_workflow_dispatch_depth?: number;
            inputs: {
                [key: string]: unknown;
            };
            /** @default true */
            use_cache?: boolean;
            workflow_id?: string | null;
            workflow_version_id?: string | null;
        };
        PythonCode: {
            imports?: string[];
            init_function_code?: string | null;
            /** @default init */
            init_function_name?: string;
            run_function_code: string;
            /** @default run */
            run_function_name?: string;
            /** @constant */
            type: "PythonCode";
        };
        RTCIceServer: {
            credential?: string | null;
            urls: string | string[];
            username?: string | null;
        };
        ResolvedModel: {
            backend?: string | null;
            model_id: string;
            model_package_id?: string | null;
            quantization?: string | null;
        };
        RestrictionCondition: {
            configuration_equals?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            input_modes?: components["schemas"]["RuntimeInputMode"][] | null;
            runtimes?: components["schemas"]["Runtime"][] | null;
            step_execution_modes?: components["schemas"]["StepExecutionMode"][] | null;
            /**
             * @default restriction_condition_v1
             * @constant
             */
            type?: "restriction_condition_v1";
        };
        RestrictionMetadata: {
            code: string;
            severity: components["schemas"]["Severity"];
            /**
             * @default restriction_v1
             * @constant
             */
            type?: "restriction_v1";
            /**
             * @default {
             *       "configuration_equals": {},
             *       "type": "restriction_condition_v1"
             *     }
             */
            when?: components["schemas"]["RestrictionCondition"];
        };
        RoboflowPlatformModelMetadata: {
            execution_location?: components["schemas"]["ModelExecutionLocation"] | null;
            model_id: string;
            /** @default execution */
            required_action?: components["schemas"]["ModelRequiredAction"];
            /**
             * @default roboflow_platform_model_v1
             * @constant
             */
            type?: "roboflow_platform_model_v1";
        };
        RoboflowPlatformProjectMetadata: {
            project_url: string;
            /**
             * @default roboflow_platform_project_v1
             * @constant
             */
            type?: "roboflow_platform_project_v1";
        };
        /** @enum {string} */
        Runtime: "hosted_serverless" | "dedicated_deployment" | "self_hosted_cpu" | "self_hosted_gpu" | "inference_pipeline";
        /** @enum {string} */
        RuntimeInputMode: "image" | "video";
        Sam2EmbeddingRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            image?: components["schemas"]["InferenceRequestImage"] | null;
            image_id?: string | null;
            model_id?: string | null;
            /** @default hiera_large */
            sam2_version_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        Sam2EmbeddingResponse: {
            frame_id?: number | null;
            image_id: string;
            inference_id?: string | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time: number;
        };
        Sam2Prompt: {
            box?: components["schemas"]["Box"] | null;
            points?: components["schemas"]["Point-Input"][] | null;
        };
        Sam2PromptSet: {
            prompts?: components["schemas"]["Sam2Prompt"][] | null;
        };
        Sam2SegmentationPrediction: {
            confidence: number;
            /** @default polygon */
            format?: string | null;
            masks: number[][][] | {
                [key: string]: unknown;
            };
        };
        Sam2SegmentationRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default json */
            format?: string | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"];
            image_id?: string | null;
            /** @default false */
            load_logits_from_cache?: boolean;
            model_id?: string | null;
            /** @default true */
            multimask_output?: boolean;
            /** @default {} */
            prompts?: components["schemas"]["Sam2PromptSet"];
            /** @default hiera_large */
            sam2_version_id?: string | null;
            /** @default false */
            save_logits_to_cache?: boolean;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        Sam2SegmentationResponse: {
            frame_id?: number | null;
            inference_id?: string | null;
            predictions: components["schemas"]["Sam2SegmentationPrediction"][];
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time: number;
        };
        Sam3EmbeddingResponse: {
            frame_id?: number | null;
            image_id: string;
            inference_id?: string | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time: number;
        };
        Sam3Prompt: {
            box_labels?: (number | boolean)[] | null;
            boxes?: (components["schemas"]["Box"] | components["schemas"]["BoxXYXY"])[] | null;
            output_prob_thresh?: number | null;
            text?: string | null;
            type?: string | null;
        };
        Sam3PromptEcho: {
            num_boxes?: number | null;
            prompt_index: number;
            text?: string | null;
            type?: string | null;
        };
        Sam3PromptResult: {
            echo: components["schemas"]["Sam3PromptEcho"];
            predictions: components["schemas"]["Sam3SegmentationPrediction"][];
            prompt_index: number;
        };
        Sam3SegmentationPrediction: {
            confidence: number;
            /** @default polygon */
            format?: string | null;
            masks: number[][][] | {
                [key: string]: unknown;
            };
        };
        Sam3SegmentationRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default polygon */
            format?: string | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"];
            image_id?: string | null;
            /** @default sam3/sam3_final */
            model_id?: string | null;
            nms_iou_threshold?: number | null;
            /** @default 0.5 */
            output_prob_thresh?: number | null;
            prompts: components["schemas"]["Sam3Prompt"][];
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        Sam3SegmentationResponse: {
            frame_id?: number | null;
            inference_id?: string | null;
            prompt_results: components["schemas"]["Sam3PromptResult"][];
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time: number;
        };
        Sam3_3D_Objects_InferenceRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"];
            mask_input: unknown;
            /** @default sam3-3d-objects */
            model_id?: string | null;
            /** @default true */
            output_meshes?: boolean | null;
            /** @default true */
            output_scene?: boolean | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
            /** @default false */
            use_distillations?: boolean | null;
            /** @default true */
            with_mesh_postprocess?: boolean | null;
            /** @default true */
            with_texture_baking?: boolean | null;
        };
        SamEmbeddingRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default json */
            format?: string | null;
            id?: string;
            image?: components["schemas"]["InferenceRequestImage"] | null;
            image_id?: string | null;
            model_id?: string | null;
            /** @default vit_h */
            sam_version_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        SamEmbeddingResponse: {
            embeddings: number[][][][] | unknown;
            frame_id?: number | null;
            inference_id?: string | null;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time: number;
        };
        SamSegmentationRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            embeddings?: number[][][][] | unknown | null;
            /** @default json */
            embeddings_format?: string | null;
            /** @default json */
            format?: string | null;
            /** @default false */
            has_mask_input?: boolean | null;
            id?: string;
            image?: components["schemas"]["InferenceRequestImage"] | null;
            image_id?: string | null;
            mask_input?: number[][][] | unknown | null;
            /** @default json */
            mask_input_format?: string | null;
            model_id?: string | null;
            orig_im_size?: number[] | null;
            /**
             * @default [
             *       [
             *         0,
             *         0
             *       ]
             *     ]
             */
            point_coords?: number[][] | null;
            /**
             * @default [
             *       -1
             *     ]
             */
            point_labels?: number[] | null;
            /** @default vit_h */
            sam_version_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
            /** @default true */
            use_mask_input_cache?: boolean | null;
        };
        SamSegmentationResponse: {
            frame_id?: number | null;
            inference_id?: string | null;
            low_res_masks: number[][][] | unknown;
            masks: number[][][] | unknown;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time: number;
        };
        SecureGatewayHealthResponse: {
            gateway_status_code?: number | null;
            latency_ms?: number | null;
            reason?: ("gateway_error" | "unexpected_redirect" | "tls_error" | "connection_error" | "timeout" | "request_error") | null;
            /** @enum {string} */
            status: "healthy" | "unhealthy" | "not_configured";
        };
        /** @enum {string} */
        SelectorType: "input_image" | "step_output_image" | "input_parameter" | "step_output" | "generic";
        SemanticSegmentationInferenceRequest: {
            api_key?: string | null;
            /** @default 0.4 */
            confidence?: number | ("best" | "default");
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default false */
            disable_preproc_auto_orient?: boolean | null;
            /** @default false */
            disable_preproc_contrast?: boolean | null;
            /** @default false */
            disable_preproc_grayscale?: boolean | null;
            /** @default false */
            disable_preproc_static_crop?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id: string | null;
            model_type?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        SemanticSegmentationInferenceResponse: {
            frame_id?: number | null;
            image: components["schemas"]["InferenceResponseImage"][] | components["schemas"]["InferenceResponseImage"];
            inference_id?: string | null;
            predictions: components["schemas"]["SemanticSegmentationPrediction"];
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            time?: number | null;
            visualization?: string | null;
        };
        SemanticSegmentationPrediction: {
            class_map: {
                [key: string]: string;
            };
            confidence_mask: string;
            present_class_ids?: number[] | null;
            segmentation_mask: string;
        };
        ServerVersionInfo: {
            name: string;
            uuid: string;
            version: string;
        };
        /** @enum {string} */
        Severity: "soft" | "hard";
        /** @enum {string} */
        StepExecutionMode: "local" | "remote";
        StepMetadata: {
            accepts_batch_input: boolean;
            block_type: string;
            input_dimensionality: number;
            node_id: string;
            operations: components["schemas"]["Discovery_WorkOperation_"];
            output_dimensionality: number;
            resources: components["schemas"]["Discovery_DependentResource_"];
            restrictions: components["schemas"]["Discovery_RestrictionMetadata_"];
            /**
             * @default step_metadata_v1
             * @constant
             */
            type?: "step_metadata_v1";
        };
        StubResponse: {
            frame_id?: number | null;
            inference_id?: string | null;
            is_stub: boolean;
            model_id: string;
            resolved_model?: components["schemas"]["ResolvedModel"] | null;
            task_type: string;
            time?: number | null;
            visualization?: string | null;
        };
        /** @enum {string} */
        TensorCompatibility: "legacy_compatibility" | "tensor_native";
        ThirdPartyModelMetadata: {
            model_id: string;
            provider: string;
            /**
             * @default third_party_model_v1
             * @constant
             */
            type?: "third_party_model_v1";
        };
        TrOCRInferenceRequest: {
            api_key?: string | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            /** @default trocr-base-printed */
            trocr_version_id?: string | null;
            /** @default true */
            usage_billable?: boolean;
        };
        TrainBox: {
            cls: string;
            h: number;
            /** @default false */
            negative?: boolean;
            w: number;
            x: number;
            y: number;
        };
        TrainingImage: {
            boxes: components["schemas"]["TrainBox"][];
            image: components["schemas"]["InferenceRequestImage"];
        };
        UniversalQueryLanguageDescription: {
            operations_description: components["schemas"]["ExternalOperationDescription"][];
            operators_descriptions: components["schemas"]["ExternalOperatorDescription"][];
        };
        ValidationError: {
            ctx?: Record<string, unknown>;
            input?: unknown;
            loc: (string | number)[];
            msg: string;
            type: string;
        };
        /** @enum {string} */
        ValueType: "any" | "integer" | "float" | "boolean" | "dict" | "list" | "string";
        VideoConfiguration: {
            batch_collection_timeout?: number | null;
            max_fps?: number | null;
            /** @default EAGER */
            source_buffer_consumption_strategy?: components["schemas"]["BufferConsumptionStrategy"] | null;
            /** @default DROP_OLDEST */
            source_buffer_filling_strategy?: components["schemas"]["BufferFillingStrategy"] | null;
            /** @constant */
            type: "VideoConfiguration";
            video_reference: string | number | (string | number)[];
            video_source_properties?: {
                [key: string]: number | string;
            } | null;
        };
        WebRTCConfig: {
            iceServers: components["schemas"]["RTCIceServer"][];
        };
        WebRTCOffer: {
            sdp: string;
            type: string;
        };
        WebRTCSessionHeartbeatRequest: {
            api_key?: string | null;
            session_id: string;
        };
        WebRTCTURNConfig: {
            credential: string;
            urls: string | string[];
            username: string;
        };
        WebRTCWorkerRequest: {
            api_key?: string | null;
            data_output?: string[] | null;
            declared_fps?: number | null;
            /** @default false */
            is_preview?: boolean;
            mjpeg_url?: string | null;
            processing_session_started?: string | null;
            /** @default 3600 */
            processing_timeout?: number | null;
            requested_gpu?: string | null;
            /** @default webrtc-gpu-small */
            requested_plan?: string | null;
            requested_region?: string | null;
            rtsp_url?: string | null;
            session_id?: string | null;
            stream_output?: string[] | null;
            webrtc_config?: components["schemas"]["WebRTCConfig"] | null;
            webrtc_offer: components["schemas"]["WebRTCOffer"];
            /** @default true */
            webrtc_realtime_processing?: boolean;
            webrtc_turn_config?: components["schemas"]["WebRTCTURNConfig"] | null;
            workflow_configuration: components["schemas"]["WorkflowConfiguration"];
            workspace_id?: string | null;
        };
        /** @enum {string} */
        WorkOperation: "model_inference" | "custom_python" | "image_resize" | "image_crop" | "image_transform" | "image_composition" | "image_filtering" | "image_analysis" | "image_encoding" | "visualization" | "detection_processing" | "detection_matching" | "tracking" | "numerical_computation" | "expression_evaluation" | "data_transformation" | "data_aggregation" | "temporal_buffering" | "flow_control" | "external_request" | "storage_read" | "storage_write" | "cache_read" | "cache_write" | "environment_read";
        WorkflowBlockManifest: {
            name: string;
            type: string;
        };
        WorkflowConfiguration: {
            /** @default true */
            cancel_thread_pool_tasks_on_exit?: boolean;
            /** @default false */
            disable_sinks?: boolean;
            /** @default 4 */
            execution_engine_thread_pool_workers?: number;
            /** @default image */
            image_input_name?: string;
            /** @constant */
            type: "WorkflowConfiguration";
            /** @default video_metadata */
            video_metadata_input_name?: string;
            workflow_id?: string | null;
            workflow_specification?: {
                [key: string]: unknown;
            } | null;
            workflow_version_id?: string | null;
            workflows_parameters?: {
                [key: string]: unknown;
            } | null;
            /** @default 4 */
            workflows_thread_pool_workers?: number;
            workspace_name?: string | null;
        };
        WorkflowInferenceResponse: {
            outputs: {
                [key: string]: unknown;
            }[];
            profiler_trace?: {
                [key: string]: unknown;
            }[] | null;
            python_blocks_debug_traces?: {
                [key: string]: unknown;
            }[] | null;
            python_blocks_output_streams?: {
                [key: string]: {
                    [key: string]: string | null;
                }[];
            } | null;
        };
        WorkflowIntrospection: {
            edges: components["schemas"]["GraphEdge"][];
            execution_engine_version: string;
            nodes: components["schemas"]["GraphNode"][];
            steps: components["schemas"]["StepMetadata"][];
            summary: components["schemas"]["WorkflowSummary"];
            /**
             * @default workflow_introspection_v1
             * @constant
             */
            type?: "workflow_introspection_v1";
        };
        WorkflowSpecificationDescribeInterfaceRequest: {
            api_key?: string | null;
            specification: {
                [key: string]: unknown;
            };
        };
        WorkflowSpecificationDescribeWorkloadRequest: {
            api_key?: string | null;
            specification: {
                [key: string]: unknown;
            };
        };
        WorkflowSpecificationInferenceRequest: {
            api_key?: string | null;
            /** @default false */
            debug?: boolean;
            /** @default false */
            disable_sinks?: boolean;
            /** @default false */
            enable_profiling?: boolean;
            excluded_fields?: string[] | null;
            /** @default 0 */
            inner_workflow_dispatch_depth?: number;
            inputs: {
                [key: string]: unknown;
            };
            /** @default false */
            is_preview?: boolean;
            specification: {
                [key: string]: unknown;
            };
            workflow_id?: string | null;
        };
        WorkflowSummary: {
            max_dimensionality: number;
            models: components["schemas"]["Discovery_ModelSummary_"];
            steps_by_dimensionality: {
                [key: string]: number;
            };
            /**
             * @default workflow_summary_v1
             * @constant
             */
            type?: "workflow_summary_v1";
        };
        WorkflowValidationStatus: {
            status: string;
        };
        WorkflowsBlocksDescription: {
            blocks: components["schemas"]["BlockDescription"][];
            declared_kinds: components["schemas"]["Kind"][];
            dynamic_block_definition_schema: {
                [key: string]: unknown;
            };
            kinds_connections: {
                [key: string]: components["schemas"]["ExternalWorkflowsBlockSelectorDefinition"][];
            };
            primitives_connections: components["schemas"]["ExternalBlockPropertyPrimitiveDefinition"][];
            universal_query_language_description: components["schemas"]["UniversalQueryLanguageDescription"];
        };
        WorkflowsBlocksSchemaDescription: {
            schema: {
                [key: string]: unknown;
            };
        };
        YOLOWorldInferenceRequest: {
            api_key?: string | null;
            /** @default 0.4 */
            confidence?: number | null;
            /** @default false */
            disable_model_monitoring?: boolean | null;
            /** @default false */
            disable_preproc_auto_orient?: boolean | null;
            /** @default false */
            disable_preproc_contrast?: boolean | null;
            /** @default false */
            disable_preproc_grayscale?: boolean | null;
            /** @default false */
            disable_preproc_static_crop?: boolean | null;
            id?: string;
            image: components["schemas"]["InferenceRequestImage"][] | components["schemas"]["InferenceRequestImage"];
            model_id?: string | null;
            model_type?: string | null;
            source?: string | null;
            source_info?: string | null;
            start?: number | null;
            stream_pipeline_context_id?: string | null;
            text: string[];
            /** @default true */
            usage_billable?: boolean;
            /** @default l */
            yolo_world_version_id?: string | null;
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
    builder_browse_build_get: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    get_all_workflows_build_api_get: {
        parameters: {
            query?: never;
            header?: {
                "x-csrf"?: string;
            };
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
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_cached_models_build_api_models_get: {
        parameters: {
            query?: never;
            header?: {
                "x-csrf"?: string;
            };
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
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_workflow_build_api__workflow_id__get: {
        parameters: {
            query?: never;
            header?: {
                "x-csrf"?: string;
            };
            path: {
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    create_or_overwrite_workflow_build_api__workflow_id__post: {
        parameters: {
            query?: never;
            header?: {
                "x-csrf"?: string;
            };
            path: {
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_workflow_build_api__workflow_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "x-csrf"?: string;
            };
            path: {
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    builder_edit_build_edit__workflow_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    legacy_clear_cache_clear_cache_get: {
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
                    "application/json": string;
                };
            };
        };
    };
    clip_compare_clip_compare_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClipCompareRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClipCompareResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    clip_embed_image_clip_embed_image_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClipImageEmbeddingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClipEmbeddingResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    clip_embed_text_clip_embed_text_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClipTextEmbeddingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClipEmbeddingResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    dashboard_guard_dashboard_html_get: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    dashboard_guard_dashboard_html_head: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    device_stats_device_stats_get: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    doctr_retrieve_text_doctr_ocr_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DoctrOCRInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OCRInferenceResponse"] | components["schemas"]["OCRInferenceResponse"][];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    easy_ocr_retrieve_text_easy_ocr_ocr_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EasyOCRInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OCRInferenceResponse"] | components["schemas"]["OCRInferenceResponse"][];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    gaze_detection_deprecated_gaze_gaze_detection_post: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    grounding_dino_infer_grounding_dino_infer_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroundingDINOInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObjectDetectionInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    healthz_healthz_get: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    infer_action_recognition_infer_action_recognition_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionRecognitionInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionRecognitionInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_classification_infer_classification_post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClassificationInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnomalyDetectionResponse"] | components["schemas"]["ClassificationInferenceResponse"] | components["schemas"]["MultiLabelClassificationInferenceResponse"] | components["schemas"]["StubResponse"] | (components["schemas"]["AnomalyDetectionResponse"] | components["schemas"]["ClassificationInferenceResponse"] | components["schemas"]["MultiLabelClassificationInferenceResponse"])[];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    depth_estimation_infer_depth_estimation_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepthEstimationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepthEstimationResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    depth_estimation_with_model_id_infer_depth_estimation__model_id__post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepthEstimationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepthEstimationResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_embeddings_infer_embeddings_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImageEmbeddingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageEmbeddingResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_instance_segmentation_infer_instance_segmentation_post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstanceSegmentationInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceSegmentationInferenceResponse"] | components["schemas"]["StubResponse"] | components["schemas"]["InstanceSegmentationInferenceResponse"][];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_keypoints_infer_keypoints_detection_post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeypointsDetectionInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeypointsDetectionInferenceResponse"] | components["schemas"]["StubResponse"] | components["schemas"]["KeypointsDetectionInferenceResponse"][];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_lmm_infer_lmm_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LMMInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LMMInferenceResponse"] | components["schemas"]["LMMInferenceResponse"][] | components["schemas"]["StubResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_lmm_with_model_id_infer_lmm__model_id__post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LMMInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LMMInferenceResponse"] | components["schemas"]["LMMInferenceResponse"][] | components["schemas"]["StubResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_object_detection_infer_object_detection_post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ObjectDetectionInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObjectDetectionInferenceResponse"] | components["schemas"]["ObjectDetectionInferenceResponse"][] | components["schemas"]["StubResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_semantic_segmentation_infer_semantic_segmentation_post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SemanticSegmentationInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SemanticSegmentationInferenceResponse"] | components["schemas"]["StubResponse"] | components["schemas"]["SemanticSegmentationInferenceResponse"][];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_from_workflow_infer_workflows_post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
                source?: string | null;
                source_info?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowSpecificationInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_from_predefined_workflow_infer_workflows__workspace_name___workflow_id__post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
                source?: string | null;
                source_info?: string | null;
            };
            header?: never;
            path: {
                workflow_id: string;
                workspace_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PredefinedWorkflowInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    initialise_inference_pipelines_initialise_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InitialisePipelinePayload"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    initialise_webrtc_inference_pipeline_inference_pipelines_initialise_webrtc_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InitialiseWebRTCPipelinePayload"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InitializeWebRTCPipelineResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_pipelines_inference_pipelines_list_get: {
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
                    "application/json": components["schemas"]["ListPipelinesResponse"];
                };
            };
        };
    };
    consume_inference_pipelines__pipeline_id__consume_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pipeline_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ConsumeResultsPayload"] | null;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumePipelineResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    pause_inference_pipelines__pipeline_id__pause_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pipeline_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    resume_inference_pipelines__pipeline_id__resume_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pipeline_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_status_inference_pipelines__pipeline_id__status_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pipeline_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferencePipelineStatusResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    terminate_inference_pipelines__pipeline_id__terminate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pipeline_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    root_info_get: {
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
                    "application/json": components["schemas"]["ServerVersionInfo"];
                };
            };
        };
    };
    initialise_webrtc_worker_initialise_webrtc_worker_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebRTCWorkerRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InitializeWebRTCResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_logs_logs_get: {
        parameters: {
            query?: {
                level?: string | null;
                limit?: number | null;
                since?: string | null;
            };
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
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    metrics_metrics_get: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    model_add_model_add_post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddModelRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelsDescriptions"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    model_clear_model_clear_post: {
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
                    "application/json": components["schemas"]["ModelsDescriptions"];
                };
            };
        };
    };
    registry_model_registry_get: {
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
                    "application/json": components["schemas"]["ModelsDescriptions"];
                };
            };
        };
    };
    model_remove_model_remove_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClearModelRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelsDescriptions"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    notebook_start_notebook_start_get: {
        parameters: {
            query?: {
                browserless?: boolean;
            };
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
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    pp_ocr_retrieve_text_ocr_pp_ocr_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PPOCRInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OCRInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    trocr_retrieve_text_ocr_trocr_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrOCRInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OCRInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    owlv2_infer_owlv2_infer_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwlV2InferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObjectDetectionInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    pe_compare_perception_encoder_compare_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PerceptionEncoderCompareRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PerceptionEncoderCompareResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    pe_embed_image_perception_encoder_embed_image_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PerceptionEncoderImageEmbeddingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PerceptionEncoderEmbeddingResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    pe_embed_text_perception_encoder_embed_text_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PerceptionEncoderTextEmbeddingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PerceptionEncoderEmbeddingResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    readiness_readiness_get: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    sam_embed_image_sam_embed_image_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SamEmbeddingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SamEmbeddingResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sam_segment_image_sam_segment_image_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SamSegmentationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SamSegmentationResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sam2_embed_image_sam2_embed_image_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Sam2EmbeddingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sam2EmbeddingResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sam2_segment_image_sam2_segment_image_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Sam2SegmentationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sam2SegmentationResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sam3_segment_image_sam3_concept_segment_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
                source?: string | null;
                source_info?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Sam3SegmentationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sam3SegmentationResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sam3_embed_image_sam3_embed_image_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Sam2EmbeddingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sam3EmbeddingResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sam3_visual_segment_sam3_visual_segment_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
                source?: string | null;
                source_info?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Sam2SegmentationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sam2SegmentationResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sam3_3d_infer_sam3_3d_infer_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Sam3_3D_Objects_InferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    secure_gateway_health_secure_gateway_health_get: {
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
                    "application/json": components["schemas"]["SecureGatewayHealthResponse"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecureGatewayHealthResponse"];
                };
            };
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecureGatewayHealthResponse"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecureGatewayHealthResponse"];
                };
            };
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecureGatewayHealthResponse"];
                };
            };
        };
    };
    model_add_legacy_start__dataset_id___version_id__get: {
        parameters: {
            query?: {
                api_key?: string;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path: {
                dataset_id: string;
                version_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    webrtc_session_heartbeat_webrtc_session_heartbeat_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebRTCSessionHeartbeatRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    webrtc_session_end_webrtc_session_heartbeat_end_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebRTCSessionHeartbeatRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    describe_workflows_blocks_workflows_blocks_describe_get: {
        parameters: {
            query?: {
                air_gapped?: boolean;
            };
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
                    "application/json": components["schemas"]["WorkflowsBlocksDescription"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    describe_workflows_blocks_workflows_blocks_describe_post: {
        parameters: {
            query?: {
                air_gapped?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DescribeBlocksRequest"] | null;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowsBlocksDescription"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_dynamic_block_outputs_workflows_blocks_dynamic_outputs_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutputDefinition"][];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_workflow_schema_workflows_definition_schema_get: {
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
                    "application/json": components["schemas"]["WorkflowsBlocksSchemaDescription"];
                };
            };
        };
    };
    describe_workflow_interface_workflows_describe_interface_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowSpecificationDescribeInterfaceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescribeInterfaceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    describe_workflow_workload_route_workflows_describe_workload_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowSpecificationDescribeWorkloadRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowIntrospection"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_execution_engine_versions_workflows_execution_engine_versions_get: {
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
                    "application/json": components["schemas"]["ExecutionEngineVersions"];
                };
            };
        };
    };
    infer_from_workflow_workflows_run_post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
                source?: string | null;
                source_info?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowSpecificationInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    validate_workflow_workflows_validate_post: {
        parameters: {
            query?: {
                api_key?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowValidationStatus"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    yolo_world_infer_yolo_world_infer_post: {
        parameters: {
            query?: {
                api_key?: string | null;
                countinference?: boolean | null;
                service_secret?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["YOLOWorldInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObjectDetectionInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    legacy_infer_from_request__dataset_id___version_id__get: {
        parameters: {
            query?: {
                active_learning_target_dataset?: string | null;
                allow_reduced_mask_resolution?: boolean;
                api_key?: string | null;
                class_filter?: string | null;
                confidence?: number | ("best" | "default");
                disable_active_learning?: boolean | null;
                disable_preproc_auto_orient?: boolean | null;
                disable_preproc_contrast?: boolean | null;
                disable_preproc_grayscale?: boolean | null;
                disable_preproc_static_crop?: boolean | null;
                format?: string;
                image?: string | null;
                image_type?: string | null;
                include_anomaly_map?: boolean | null;
                include_candidates?: boolean;
                keypoint_confidence?: number;
                labels?: boolean | null;
                mask_decode_mode?: string | null;
                max_detections?: number;
                overlap?: number;
                response_mask_format?: ("polygon" | "rle") | null;
                source?: string | null;
                source_info?: string | null;
                stroke?: number;
                tradeoff_factor?: number | null;
                countinference?: boolean;
                service_secret?: string | null;
            };
            header?: never;
            path: {
                dataset_id: string;
                version_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceSegmentationInferenceResponse"] | components["schemas"]["KeypointsDetectionInferenceResponse"] | components["schemas"]["ObjectDetectionInferenceResponse"] | components["schemas"]["AnomalyDetectionResponse"] | components["schemas"]["ClassificationInferenceResponse"] | components["schemas"]["MultiLabelClassificationInferenceResponse"] | components["schemas"]["SemanticSegmentationInferenceResponse"] | components["schemas"]["StubResponse"];
                    "image/jpeg": string;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    legacy_infer_from_request__dataset_id___version_id__post: {
        parameters: {
            query?: {
                active_learning_target_dataset?: string | null;
                allow_reduced_mask_resolution?: boolean;
                api_key?: string | null;
                class_filter?: string | null;
                confidence?: number | ("best" | "default");
                disable_active_learning?: boolean | null;
                disable_preproc_auto_orient?: boolean | null;
                disable_preproc_contrast?: boolean | null;
                disable_preproc_grayscale?: boolean | null;
                disable_preproc_static_crop?: boolean | null;
                format?: string;
                image?: string | null;
                image_type?: string | null;
                include_anomaly_map?: boolean | null;
                include_candidates?: boolean;
                keypoint_confidence?: number;
                labels?: boolean | null;
                mask_decode_mode?: string | null;
                max_detections?: number;
                overlap?: number;
                response_mask_format?: ("polygon" | "rle") | null;
                source?: string | null;
                source_info?: string | null;
                stroke?: number;
                tradeoff_factor?: number | null;
                countinference?: boolean;
                service_secret?: string | null;
            };
            header?: never;
            path: {
                dataset_id: string;
                version_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": string;
                "application/x-www-form-urlencoded": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "text/plain": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceSegmentationInferenceResponse"] | components["schemas"]["KeypointsDetectionInferenceResponse"] | components["schemas"]["ObjectDetectionInferenceResponse"] | components["schemas"]["AnomalyDetectionResponse"] | components["schemas"]["ClassificationInferenceResponse"] | components["schemas"]["MultiLabelClassificationInferenceResponse"] | components["schemas"]["SemanticSegmentationInferenceResponse"] | components["schemas"]["StubResponse"];
                    "image/jpeg": string;
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    infer_from_predefined_workflow__workspace_name__workflows__workflow_id__post: {
        parameters: {
            query?: {
                countinference?: boolean | null;
                service_secret?: string | null;
                source?: string | null;
                source_info?: string | null;
            };
            header?: never;
            path: {
                workflow_id: string;
                workspace_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PredefinedWorkflowInferenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowInferenceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    describe_predefined_workflow_interface__workspace_name__workflows__workflow_id__describe_interface_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: string;
                workspace_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PredefinedWorkflowDescribeInterfaceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescribeInterfaceResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    describe_predefined_workflow_workload__workspace_name__workflows__workflow_id__describe_workload_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: string;
                workspace_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PredefinedWorkflowDescribeWorkloadRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowIntrospection"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
}
