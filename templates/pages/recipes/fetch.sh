# Everything of one type. The second time it is fetched only if a new edition was published.
curl -s --etag-compare events.etag --etag-save events.etag -o events.jsonl '{{ site }}/events.jsonl'

# A feed reader's address of any question.
curl -s '{{ site }}/events.atom?theme=border&sort=-updated' | grep -c '<entry>'
