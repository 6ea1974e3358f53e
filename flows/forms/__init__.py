"""The Excel form as a format: what belongs in one, writing it, and reading it back however people have changed it.

Stands below the stages, because two of them need it: the framework stage hands forms out and keeps what is filled in
when it does so again, the gather stage takes them in.
"""
