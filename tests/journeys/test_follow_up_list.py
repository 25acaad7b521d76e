"""A month with the follow-up list: saved, worked on in LibreOffice itself, read back in the real window."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cxdesk.analysis.follow_up_people import person_of
from cxdesk.analysis.follow_up_values import FollowUpSpec, Status
from cxdesk.job import Unattended
from cxdesk.project.clock import now
from cxdesk.project.follow_up import list_of, read_back
from cxdesk.project.workspace import Workspace
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.render.excel.follow_up import write_follow_up
from cxdesk.resources import resource

JOB = Unattended()

office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Work" script:language="StarBasic">
Sub Work(path As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
  sheet = doc.Sheets.getByIndex(0)
  cursor = sheet.createCursor() : cursor.gotoEndOfUsedArea(False)
  last = cursor.RangeAddress.EndRow : wide = cursor.RangeAddress.EndColumn
  head = 0
  Do While sheet.getCellByPosition(wide, head).String &lt;&gt; "Ref" : head = head + 1 : Loop
  status = 0
  Do While sheet.getCellByPosition(status, head).String &lt;&gt; "Status" : status = status + 1 : Loop
  For row = head + 1 To last
    If (row - head) Mod 3 = 0 Then sheet.getCellByPosition(status, row).String = "Resolved"
    If (row - head) Mod 3 = 1 Then sheet.getCellByPosition(status, row).String = "Contacted"
  Next row
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = wide : field(0).IsAscending = True
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = field()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  sheet.getCellRangeByPosition(0, head + 1, wide, last).sort(how())
  sheet.Columns.insertByIndex(1, 1)
  sheet.getCellByPosition(1, head).String = "Called by"
  doc.store()
  doc.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Work"/></library:library>
"""


def worked_on(path: Path, profile: Path) -> None:
    """Change statuses, sort by another column and add one, all by LibreOffice Calc."""
    office = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # A first start lays the profile out; whatever lies there before is overwritten.
    subprocess.run([*office, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    library = profile / "user" / "basic" / "Standard"
    (library / "Work.xba").write_text(MACRO, encoding="utf-8")
    (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    subprocess.run([*office, f'macro:///Standard.Work.Work("{path}")'], check=True, capture_output=True, timeout=120)


@office
def test_a_list_edited_in_libreoffice_comes_back_with_every_status(tmp_path: Path) -> None:
    workspace = Workspace(open_survey(str(resource("samples", "support_en.csv")), Choices(), JOB))
    spec = FollowUpSpec(owners=("Ada",))
    made = list_of(workspace, spec, "en", now(), JOB, reveal=False)
    path = tmp_path / "list.xlsx"
    write_follow_up(made, str(path), JOB)
    worked_on(path, tmp_path / "profile")
    found = read_back(workspace, spec, open_survey(str(path), Choices(), JOB), now().date())
    wanted = {
        person_of(str(row[-1])): {0: Status.RESOLVED, 1: Status.CONTACTED, 2: Status.OPEN}[number % 3]
        for number, row in enumerate(made.rows, start=1)
    }
    assert {person_of(kept.ref): kept.status for kept in found.spec.people} == wanted
    assert found.people == len(made.rows)
    assert found.changed == sum(status is not Status.OPEN for status in wanted.values())


def test_a_damaged_list_is_refused_with_the_reason(tmp_path: Path) -> None:
    workspace = Workspace(open_survey(str(resource("samples", "support_en.csv")), Choices(), JOB))
    path = tmp_path / "list.xlsx"
    write_follow_up(list_of(workspace, FollowUpSpec(), "en", now(), JOB, reveal=False), str(path), JOB)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(ReadRefused) as refused:
        open_survey(str(path), Choices(), JOB)
    assert refused.value.code == "damaged"
    assert "damaged" in str(refused.value.reason)
