"""What keeps a site running: backup and restore, health, metrics, logs. Knows records only as rows and editions."""
