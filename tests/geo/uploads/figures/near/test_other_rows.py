"""Columns of other indicators beside the figures: their numbers are no words about rows."""

from geo.uploads.parse.others import Others


def test_numbers_of_unknown_columns_are_not_looked_up_as_words(cleaned, monkeypatch):
    seen, within = [], Others.within
    monkeypatch.setattr(
        Others, "within", lambda self, text, *rest, **more: seen.append(text) or within(self, text, *rest, **more)
    )
    upload = cleaned("区,2024年GDP（亿元）,工业用电量,某某\n荔湾区,1295.65,77.5,目标\n越秀区,3895.26,78亿,78")
    assert list(upload.table["adcode"]) == ["440104"]
    assert "目标" in seen and not {"77.5", "78亿", "78"} & set(seen)
