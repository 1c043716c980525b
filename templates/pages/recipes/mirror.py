import json
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

API = "{{ site }}/api/v1"
TYPES = {"E": "events", "T": "treaties", "A": "actors", "P": "places", "H": "themes", "F": "formulas"}
TYPES |= {"S": "sources", "M": "assessments", "D": "dossiers"}
KEPT = Path("sinorus-copy.json")  # {"edition": 12, "records": {"E1": {…}}}


def pages(url):
    while url:
        with urlopen(url) as answer:
            page = json.load(answer)
        yield page
        url = page["next"]


def fetch(id):
    """The record as it is now; None when readers do not see it any more."""
    try:
        with urlopen(f"{API}/{TYPES[id[0]]}/{id}/") as answer:
            return json.load(answer)
    except HTTPError as error:
        if error.code in (404, 410):
            return None
        raise


if KEPT.exists():
    copy = json.loads(KEPT.read_text())
    changed, edition = set(), None
    for page in pages(f"{API}/changes/?since={copy['edition']}&page_size=200"):
        edition = edition or page["edition"]
        for change in page["results"]:
            changed |= {change["id"], *change["affects"]}
    for id in changed:
        copy["records"].pop(id, None)
        if record := fetch(id):
            copy["records"][record["id"]] = record  # of an id that was merged: the record that took its place
    copy["edition"] = edition
else:
    with urlopen(f"{API}/") as answer:
        copy = {"edition": json.load(answer)["edition"], "records": {}}
    for name in TYPES.values():
        for page in pages(f"{API}/{name}/?page_size=200"):
            copy["records"] |= {record["id"]: record for record in page["results"]}

KEPT.write_text(json.dumps(copy))
print("edition", copy["edition"], "with", len(copy["records"]), "records")
