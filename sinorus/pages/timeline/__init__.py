"""The timeline: events and the lives of instruments on one axis, under one question asked of both."""
