"""What is still missing of an admission: derived each time from the record, never a list that somebody keeps."""
