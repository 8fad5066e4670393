"""The field keys change: a new one is put first, what lies under an older one is sealed anew, an old one is let go."""
