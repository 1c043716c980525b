# In base R: events by kind and decade, from the exact CSV.
events <- read.csv("{{ site }}/events.csv?date_after=1900", encoding = "UTF-8", na.strings = "")
events$year <- as.integer(substr(events$date_earliest, 1, 4))
print(table(events$kind, 10 * (events$year %/% 10)))

# With jsonlite: records with everything in them.
if (requireNamespace("jsonlite", quietly = TRUE)) {
  treaties <- jsonlite::fromJSON("{{ site }}/api/v1/treaties/?binding=binding&page_size=200")$results
  print(treaties[, c("slug", "title")])
}
