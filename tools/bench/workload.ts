/** Size of the picture that every request carries, in bytes. */
export const PICTURE_BYTES = 75_000;

/** The model that every contender asks for. */
export const MODEL_ID = "bench/1";

/** Where the server answers as a container of the Hugging Face system does. */
export const CONTAINER_PATH = "/endpoints/object-detection";

/** Objects in every answer; a contender proves with their number that it has read one. */
export const OBJECTS_PER_ANSWER = 5;
