"""Does the work with numpy, pycocotools and OpenCV and prints how long each task took."""

import json
import statistics
import sys
import time
from collections.abc import Callable

import cv2
import numpy as np
from pycocotools import mask as coco_mask

WARM_UP = int(sys.argv[2])
REPETITIONS = int(sys.argv[3])

with open(sys.argv[1], encoding="utf-8") as file:
    work = json.load(file)

boxes = np.array(work["nms"]["boxes"], dtype=np.float64)
scores = np.array(work["nms"]["scores"], dtype=np.float64)
classes = np.array(work["nms"]["classes"], dtype=np.int64)
threshold = work["nms"]["threshold"]
first = np.array(work["iou"]["a"], dtype=np.float64)
second = np.array(work["iou"]["b"], dtype=np.float64)
width, height = work["polygons"]["width"], work["polygons"]["height"]
# Every 40,961st pixel, as in the other program; all bitmaps are of one size.
ROWS, COLUMNS = np.divmod(np.arange(0, height * width, 40961), width)
outlines = [np.array(points, dtype=np.int32) for points in work["polygons"]["points"]]


def overlaps(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Intersection over union of all pairs, without more passes over the matrix than needed."""
    widths = np.minimum(a[:, None, 2], b[None, :, 2])
    widths -= np.maximum(a[:, None, 0], b[None, :, 0])
    np.clip(widths, 0, None, out=widths)
    heights = np.minimum(a[:, None, 3], b[None, :, 3])
    heights -= np.maximum(a[:, None, 1], b[None, :, 1])
    np.clip(heights, 0, None, out=heights)
    shared = np.multiply(widths, heights, out=widths)
    areas_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    areas_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    whole = np.subtract(areas_a[:, None] + areas_b[None, :], shared, out=heights)
    return np.divide(shared, whole, out=shared, where=whole > 0)


def nms() -> list[int]:
    """The usual greedy suppression, class by class: one vector operation for each box that stays."""
    kept: list[int] = []
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    for class_id in np.unique(classes):
        rows = np.flatnonzero(classes == class_id)
        order = rows[np.argsort(-scores[rows], kind="stable")]
        while order.size > 0:
            best, order = order[0], order[1:]
            kept.append(int(best))
            left = np.maximum(boxes[best, 0], boxes[order, 0])
            top = np.maximum(boxes[best, 1], boxes[order, 1])
            right = np.minimum(boxes[best, 2], boxes[order, 2])
            bottom = np.minimum(boxes[best, 3], boxes[order, 3])
            shared = np.clip(right - left, 0, None) * np.clip(bottom - top, 0, None)
            order = order[shared / (areas[best] + areas[order] - shared) <= threshold]
    return kept


def covered(mask: np.ndarray) -> int:
    # Not flattened: pycocotools' bitmaps go down the columns and would be copied for it.
    return int(mask[ROWS, COLUMNS].sum())


def rle() -> int:
    return sum(covered(coco_mask.decode(mask)) for mask in work["rle"])


def polygons() -> int:
    total = 0
    for points in outlines:
        mask = np.zeros((height, width), dtype=np.uint8)
        cv2.fillPoly(mask, [points], color=(1,))
        total += covered(mask)
    return total


def polygons_in_one_bitmap() -> int:
    """Clears only the rows that the polygon before has covered."""
    total = 0
    mask = np.zeros((height, width), dtype=np.uint8)
    for points in outlines:
        cv2.fillPoly(mask, [points], color=(1,))
        total += covered(mask)
        rows = points[:, 1]
        mask[max(0, rows.min()) : rows.max() + 1] = 0
    return total


def iou() -> np.ndarray:
    return overlaps(first, second)


def measured(task: Callable) -> dict:
    for _ in range(WARM_UP - 1):
        task()
    check = float(np.sum(task()))
    samples = []
    for _ in range(REPETITIONS):
        started_at = time.perf_counter()
        task()
        samples.append((time.perf_counter() - started_at) * 1000)
    return {"ms": statistics.median(samples), "check": check}


TASKS = {
    "nms": nms,
    "rle": rle,
    "polygons": polygons,
    "polygons-in-one-bitmap": polygons_in_one_bitmap,
    "iou": iou,
}
print(json.dumps({name: measured(task) for name, task in TASKS.items()}))
