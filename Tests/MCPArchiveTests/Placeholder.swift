// Tests of the archive stand here.
