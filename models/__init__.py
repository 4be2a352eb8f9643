"""The recogniser's network and everything that makes it: data, training, evaluation, export."""
