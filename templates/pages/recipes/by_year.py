import csv
import io
from collections import Counter
from urllib.request import urlopen

with urlopen("{{ site }}/treaties.csv?binding=binding") as answer:
    print("edition", answer.headers["X-Edition"])
    rows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8", newline="")))

# Dates have their earliest and latest day; what is not known to the year is left out here, and counted.
known = [row for row in rows if row["signed_earliest"][:4] == row["signed_latest"][:4] != ""]
print(len(rows) - len(known), "are not known to the year")
for year, number in sorted(Counter(row["signed_earliest"][:4] for row in known).items()):
    print(year, number)
