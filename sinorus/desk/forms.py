"""Forms of the desk."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from sinorus.corpus.files import CorpusError

from .mapping import Mapping
from .models import Import
from .tables import TableError, kind_of, of_the_admin


def _what_is_read() -> str:
    limits = of_the_admin()
    told = {"size": f"{limits.size / 1_000_000:g}", "rows": f"{limits.rows:,}", "columns": limits.columns}
    return _("CSV, XLSX or JSON, at most %(size)s MB, %(rows)s rows and %(columns)s columns.") % told


class ImportForm(forms.ModelForm):
    """A table to import, with what must be known of it."""

    file = forms.FileField(label=_("File"), help_text=lazy(_what_is_read, str)())
    mapping_file = forms.FileField(
        label=_("Mapping"),
        required=False,
        help_text=_("A YAML file, when the columns are not ours. Leave empty for a table that was exported here."),
    )

    class Meta:
        model = Import
        fields = ("file", "records", "mapping_file", "encoding", "leave_out")

    def clean_file(self) -> Any:
        """Refuse at once what is too large or of no kind that is read; the rest is told by the look."""
        file = self.cleaned_data["file"]
        if file.size > (most := of_the_admin().size):
            told = {"limit": f"{most / 1_000_000:g}"}
            raise forms.ValidationError(_("The file has more than %(limit)s MB. Split it, or have it imported by the command.") % told)
        try:
            kind_of(file.name)
        except TableError as error:
            raise forms.ValidationError(str(error)) from error
        return file

    def clean_mapping_file(self) -> Any:
        """Read the mapping, so that what is wrong with it is told here."""
        file = self.cleaned_data["mapping_file"]
        if not file:
            return None
        if file.size > 100_000:
            raise forms.ValidationError(_("A mapping has at most 100 kB."))
        try:
            self.instance.mapping = file.read().decode("utf-8")
            Mapping(file.name, self.instance.mapping)
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The mapping is not UTF-8.")) from error
        except CorpusError as error:
            raise forms.ValidationError([str(problem) for problem in error.problems]) from error
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("records") and not data.get("mapping_file") and "mapping_file" not in self.errors:
            self.add_error("records", _("Say what the rows are, or give a mapping that says it."))
        return data

    def save(self, commit: bool = True) -> Import:
        """Put the file and its name into the import."""
        file = self.cleaned_data["file"]
        self.instance.name = PurePath(file.name).name[-200:]
        self.instance.content = file.read()
        self.instance.digest = hashlib.sha256(self.instance.content).hexdigest()
        return super().save(commit)
