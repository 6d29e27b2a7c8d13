"""Fine-tuning the encoder: pairs are drawn from the pack, the loss is the textbook's."""

import math

import numpy as np
import pytest

pytestmark = pytest.mark.slow  # imports torch


def test_pairs_are_one_answer_a_question_and_what_lacks_it() -> None:
    from training.encoder_tuning import Pairs
    from training.packed_examples import Lists, Pack

    rows = np.array(
        [
            [0, 0, 0, 0, 2, 1, 1],  # question 0 is answered by text 0
            [0, 0, 0, 1, 3, 0, 0],  # and again
            [0, 1, 1, 0, 2, -1, -1],  # text 1 lacks it
            [1, 2, 0, 0, 1, 0, 0],  # text 2 is of a set whose questions need their text
        ],
        np.int32,
    )
    pack = Pack(Lists.of([[7, 8, 9], [5, 6], [4]]), Lists.of([[], [3], []]), Lists.of([[1], [2]]), (rows,))
    pairs = Pairs.of(pack, texts=2)
    assert pairs.answering.tolist() == [[0, 0, 0, 0, 2, 1, 1]]
    ((answering, hard),) = pairs.batches(np.random.default_rng(0), 1)
    assert pairs.question(answering[0]) == [1]
    assert pairs.passage(answering[0]) == [7, 8]
    assert pairs.passage(hard[0]) == [3, 5, 6]


def test_the_loss_ignores_other_passages_of_the_same_text() -> None:
    import torch

    from training.encoder_tuning import SCALE, contrastive_loss

    asked = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    told = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    alone = math.log1p(math.exp(-SCALE))  # each finds its own, the other at cosine 0
    same = torch.tensor([[True, False, True], [False, True, False]])
    expected = (alone + math.log(1 + 2 * math.exp(-SCALE))) / 2
    assert float(contrastive_loss(asked, told, same)) == pytest.approx(expected, abs=1e-7)
