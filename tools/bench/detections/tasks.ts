/** What is known about a task: with what package it is compared, and why it is slower where it is. */
interface TaskFacts {
  readonly comparedWith: "numpy" | "pycocotools" | "opencv";
  readonly whySlower: string;
}

/** The tasks, in the order in which they are done and reported. */
export const TASKS = {
  nms: {
    comparedWith: "numpy",
    whySlower: "few boxes overlap here, so that numpy compares one with all others in few vector operations",
  },
  rle: {
    comparedWith: "pycocotools",
    whySlower: "V8 takes fresh memory for each bitmap, C the memory of the one before",
  },
  polygons: {
    comparedWith: "opencv",
    whySlower:
      "2 MB of fresh memory for each bitmap: V8 keeps the one before until it collects, CPython takes its memory again at once; " +
      "eachBitmap stays in one, see polygons-in-one-bitmap",
  },
  "polygons-in-one-bitmap": {
    comparedWith: "opencv",
    whySlower:
      "going through the edges row by row, with a call of fill for each stretch, takes longer in JavaScript than in OpenCV's C++",
  },
  iou: {
    comparedWith: "numpy",
    whySlower: "numpy's vector instructions compare several boxes at once, which JavaScript does not have",
  },
} as const satisfies { readonly [task: string]: TaskFacts };

export type Task = keyof typeof TASKS;

/** What a contender prints: the milliseconds of each task, and a number that all contenders must agree on. */
export type TaskReport = { readonly [task in Task]: { readonly ms: number; readonly check: number } };

/** Tasks done before one is measured, so that code is compiled and memory is there. */
export const WARM_UP = 2;
/** Times a task is measured in a process; the median counts. */
export const REPETITIONS = 5;

export function isTask(name: string): name is Task {
  return name in TASKS;
}
