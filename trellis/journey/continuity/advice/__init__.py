"""When somebody's level of care is looked at again, and what speaks for each way on. A clinician decides."""
