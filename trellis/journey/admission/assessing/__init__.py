"""The assessment before an admission: a record for somebody who asked, and a clinician who may work in it."""
