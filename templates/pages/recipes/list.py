import json
from urllib.parse import urlencode
from urllib.request import urlopen


def records(endpoint, **question):
    """Every record that answers a question, page after page."""
    url = f"{{ site }}/api/v1/{endpoint}/?{urlencode(question, doseq=True)}"
    while url:
        with urlopen(url) as answer:
            page = json.load(answer)
        yield from page["results"]
        url = page["next"]


for event in records("events", kind=["summit", "visit"], date_after=1990, sort="date", page_size=200):
    print(event["date"]["text"], event["title"], sep="\t")
