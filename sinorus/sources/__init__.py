"""What every claim rests on: sources, citations, accounts that disagree, assessments that stay attributed."""
