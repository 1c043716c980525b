"""The index: its tables, and where each engine keeps the terms.

Whoever alters ``search_entry`` on SQLite later must make the trigger again: Django copies the table, and that drops it.
"""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    # The terms come parted by spaces; for the ascii tokeniser every character beyond ASCII is part of a word.
    "CREATE VIRTUAL TABLE search_terms USING fts5(a, b, c, d, tokenize = 'ascii', prefix = '3 4')",
    # The entry takes its terms with it, however it is deleted.
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN DELETE FROM search_terms WHERE rowid = old.id; END",
]
SQLITE_BACK = ["DROP TRIGGER search_entry_gone", "DROP TABLE search_terms"]
POSTGRES = [
    "ALTER TABLE search_entry ADD COLUMN terms tsvector",
    # Without a list of pending terms: a save costs the same every time, and a search never reads that list.
    "CREATE INDEX search_entry_terms ON search_entry USING gin (terms) WITH (fastupdate = off)",
    # In the order of code points, as on SQLite: beginnings of keys are looked for in a range.
    'ALTER TABLE search_label ALTER COLUMN key TYPE varchar(200) COLLATE "C"',
]
POSTGRES_BACK = ["DROP INDEX search_entry_terms", "ALTER TABLE search_entry DROP COLUMN terms"]


def forwards(apps, schema_editor):
    for sql in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(sql)


def backwards(apps, schema_editor):
    for sql in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRES_BACK:
        schema_editor.execute(sql)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.CharField(help_text='Name of the model, such as event.', max_length=40, verbose_name='type')),
                ('record_id', models.BigIntegerField(help_text='Number of the record.', verbose_name='record')),
                ('digest', models.CharField(help_text='Of the terms: another one means that the entry is stale.', max_length=32, verbose_name='digest')),
            ],
            options={
                'verbose_name': 'entry of the index',
                'verbose_name_plural': 'entries of the index',
                'constraints': [models.UniqueConstraint(fields=('record_type', 'record_id'), name='search_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Gram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gram', models.CharField(help_text='Three letters that follow each other, or a Chinese character.', max_length=3, verbose_name='letters')),
                ('word', models.CharField(help_text='The word, folded.', max_length=60, verbose_name='word')),
            ],
            options={
                'verbose_name': 'letters of a word',
                'verbose_name_plural': 'letters of words',
                'indexes': [models.Index(fields=['word'], name='search_gram_word')],
                'constraints': [models.UniqueConstraint(fields=('gram', 'word'), name='search_gram_once')],
            },
        ),
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(help_text='As written.', max_length=400, verbose_name='text')),
                ('key', models.CharField(help_text='Folded, with letters and digits alone.', max_length=200, verbose_name='key')),
                ('stems', models.CharField(help_text='The stems of its words, without the most common words.', max_length=200, verbose_name='stems')),
                ('language', models.CharField(blank=True, help_text='As a ``lang`` attribute wants it.', max_length=16, verbose_name='language')),
                ('is_title', models.BooleanField(default=False, help_text='A title; else another name.', verbose_name='title')),
                ('entry', models.ForeignKey(help_text='The record that is called so.', on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='search.entry', verbose_name='entry')),
            ],
            options={
                'verbose_name': 'label',
                'verbose_name_plural': 'labels',
                'indexes': [models.Index(fields=['key'], name='search_label_key'), models.Index(fields=['stems'], name='search_label_stems')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
