"""Who waits for a place, in the order of the law; and who was handed on, until somebody knows that they got there."""
