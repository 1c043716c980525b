# The latest summits between China and Russia: three fields of each.
curl -s '{{ site }}/api/v1/events/?kind=summit&state=china&state=russia&all=state&fields=slug,title,date&page_size=5'

# How often, by decade and by place: the counts of every facet.
curl -s '{{ site }}/api/v1/events/facets/?kind=summit'

# What was in force on a day, as a spreadsheet.
curl -s -o in-force-1975.xlsx '{{ site }}/treaties.xlsx?status=in-force&on=1975-06-01'
