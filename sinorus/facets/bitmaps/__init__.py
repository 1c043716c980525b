"""An index of facets in memory: for each value of a facet the set of its records, as a compressed bitmap of primary keys.

It is made from the declarations of a FilterSet, answers what ``SqlCounter`` answers, and is the same for no more than one edition.
Nobody asks it but ``sinorus.facets.counts``.
"""
