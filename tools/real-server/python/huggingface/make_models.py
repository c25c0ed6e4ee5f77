"""Builds tiny models from configurations (nothing is downloaded) and trains the colour ones and the talking one for seconds.

usage: make_models.py <folder>      writes <folder>/<owner>/<name>/ and <folder>/index.json
"""
import json
import os
import random
import sys

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForSequenceClassification,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    SegformerConfig,
    SegformerForSemanticSegmentation,
    SegformerImageProcessor,
    ViTConfig,
    ViTForImageClassification,
    ViTImageProcessor,
    YolosConfig,
    YolosForObjectDetection,
    YolosImageProcessor,
)

FOLDER = sys.argv[1]
COLOURS = {"red": (220, 30, 30), "green": (30, 180, 40), "blue": (40, 50, 220)}
NAMES = list(COLOURS)
SENTENCES = [
    "Hello! How can I help you today?",
    "The picture shows a red square on a grey ground.",
    "There are two blue boxes and one green box.",
    "The capital of France is Paris.",
    "The capital of Italy is Rome.",
    "I like this picture.",
    "I do not like this picture.",
    "Counting: one two three four five six seven eight nine ten.",
]
ANSWERS = [("Say hello", SENTENCES[0]), ("What is this?", SENTENCES[1]), ("Count", SENTENCES[7])]
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
index = {}


def save(name, task, *parts):
    folder = os.path.join(FOLDER, name)
    os.makedirs(folder, exist_ok=True)
    for part in parts:
        part.save_pretrained(folder)
    index[name] = {"task": task}


def labels(names):
    return {"id2label": dict(enumerate(names)), "label2id": {name: i for i, name in enumerate(names)}}


def scene(size):
    """One coloured rectangle on grey noise: picture (0 to 1), number of the colour, mask."""
    colour = random.randrange(3)
    ground = 120 + random.randrange(-40, 40)
    picture = torch.full((3, size, size), ground / 255.0) + torch.randn(3, size, size) * 0.03
    width, height = random.randrange(size // 2, size), random.randrange(size // 2, size)
    x, y = random.randrange(size - width + 1), random.randrange(size - height + 1)
    pixels = torch.tensor(COLOURS[NAMES[colour]]).view(3, 1, 1) / 255.0
    picture[:, y : y + height, x : x + width] = pixels + torch.randn(3, height, width) * 0.03
    mask = torch.zeros(size, size, dtype=torch.long)
    mask[y : y + height, x : x + width] = colour + 1
    return picture.clamp(0, 1), colour, mask


def train(model, rate, steps, batch):
    optimiser = torch.optim.Adam(model.parameters(), rate)
    loss = None
    for _ in range(steps):
        loss = model(**batch()).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    print(type(model).__name__, "loss", round(float(loss.detach()), 4), flush=True)


def classification():
    model = ViTForImageClassification(
        ViTConfig(
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            image_size=32,
            patch_size=8,
            **labels(NAMES),
        )
    )

    def batch():
        scenes = [scene(32) for _ in range(32)]
        pixels = torch.stack([(picture - 0.5) / 0.5 for picture, _, _ in scenes])
        return {"pixel_values": pixels, "labels": torch.tensor([colour for _, colour, _ in scenes])}

    train(model, 3e-3, 120, batch)
    save("tiny/colour-vit", "image-classification", model, ViTImageProcessor(size={"height": 32, "width": 32}))


def segmentation():
    model = SegformerForSemanticSegmentation(
        SegformerConfig(
            num_encoder_blocks=4,
            depths=[1, 1, 1, 1],
            hidden_sizes=[8, 16, 16, 16],
            num_attention_heads=[1, 2, 2, 2],
            sr_ratios=[4, 2, 1, 1],
            decoder_hidden_size=16,
            **labels(["background", *NAMES]),
        )
    )

    def batch():
        scenes = [scene(64) for _ in range(8)]
        pixels = torch.stack([(picture - MEAN) / DEVIATION for picture, _, _ in scenes])
        return {"pixel_values": pixels, "labels": torch.stack([mask for _, _, mask in scenes])}

    train(model, 5e-3, 120, batch)
    processor = SegformerImageProcessor(size={"height": 64, "width": 64})
    save("tiny/colour-segformer", "image-segmentation", model, processor)


def detection():
    """Random weights: the boxes mean nothing, their shape and arithmetic are real."""
    model = YolosForObjectDetection(
        YolosConfig(
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            image_size=[64, 64],
            patch_size=16,
            num_detection_tokens=5,
            **labels(NAMES),
        )
    )
    processor = YolosImageProcessor(size={"shortest_edge": 64, "longest_edge": 64})
    save("tiny/random-yolos", "object-detection", model, processor)


def talking():
    """A language model that knows the sentences and answers above."""
    made = Tokenizer(models.BPE(unk_token=None))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    special = ["<pad>", "<s>", "</s>", "<|user|>", "<|assistant|>", "<|system|>"]
    made.train_from_iterator(
        SENTENCES * 4 + ["user assistant system"] * 4,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=special,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="<pad>", bos_token="<s>", eos_token="</s>", padding_side="left"
    )
    tokenizer.chat_template = (
        "<s>{% for m in messages %}"
        "<|{{ m['role'] if m['role'] in ['user', 'assistant', 'system'] else 'user' }}|>{{ m['content'] }}</s>"
        "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
    )
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=64,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=256,
            bos_token_id=1,
            eos_token_id=2,
            pad_token_id=0,
        )
    )
    texts = [f"<s>{sentence}</s>" for sentence in SENTENCES]
    texts += [f"<s><|user|>{question}</s><|assistant|>{answer}</s>" for question, answer in ANSWERS]
    batch = tokenizer(texts, padding=True, return_tensors="pt", add_special_tokens=False)
    fields = {
        "input_ids": batch.input_ids,
        "attention_mask": batch.attention_mask,
        "labels": batch.input_ids.masked_fill(batch.attention_mask == 0, -100),
    }
    train(model, 5e-3, 150, lambda: fields)
    model.generation_config.eos_token_id = 2
    save("tiny/talk-llama", "text-generation", model, tokenizer)


def encoders():
    """Random weights: a masked language model and a sentiment classifier."""
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made.train_from_iterator(
        SENTENCES * 4, trainers.WordPieceTrainer(vocab_size=300, special_tokens=special, show_progress=False)
    )
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.decoder = decoders.WordPiece()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_max_length=64,
    )
    sizes = {
        "vocab_size": len(tokenizer),
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 64,
        "max_position_embeddings": 64,
    }
    save("tiny/random-bert", "fill-mask", BertForMaskedLM(BertConfig(**sizes)), tokenizer)
    classifier = BertForSequenceClassification(BertConfig(**sizes, **labels(["NEGATIVE", "POSITIVE"])))
    save("tiny/random-bert-classifier", "text-classification", classifier, tokenizer)


torch.manual_seed(0)
random.seed(0)
torch.set_num_threads(2)
for make in (classification, segmentation, detection, talking, encoders):
    make()
with open(os.path.join(FOLDER, "index.json"), "w", encoding="utf-8") as file:
    json.dump(index, file, indent=1)
