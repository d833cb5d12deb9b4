"""A word that is not known, wherever it stands beside a metric's word: the figures are not taken, or a warning quotes it."""

import pytest

from geo.uploads.cleaning import clean
from geo.uploads.model import Choices, Reading, Sheet
from geo.uploads.parse.others import Unfamiliar

pytestmark = pytest.mark.slow

WORDS = [
    "直播",
    "保税",
    "村级",
    "潜在",
    "文旅",
    "低空",
    "夜间",
    "体育",
    "金融",
    "家电",
    "以旧换新",
    "免税",
    "商圈",
    "样本企业",
    "石油",
    "水域",
    "旧村改造",
    "海域",
    "商务楼宇",
    "厂房",
    "征地",
    "高标准农田",
    "供热",
    "城市更新",
    "港澳",
    "通勤",
    "核酸检测",
    "养老",
    "抽查",
    "失业",
    "签约",
    "物流",
    "港口",
    "会展",
    "综保区",
    "试点",
    "龙头",
    "专精特新",
    "科创",
    "低碳",
    "供水",
    "医疗",
    "学生",
    "教师",
    "医保",
    "渔业",
    "花卉",
    "粮食",
    "供销",
    "个体",
    "小微",
    "央属",
    "街属",
    "台资",
    "上市",
    "孵化",
    "博士",
    "驻穗",
    "候鸟",
    "回迁",
    "可售",
    "空置",
    "公租",
    "轨道",
    "冷链",
    "快递",
    "软件",
    "影视",
    "住宿",
    "宠物",
    "模拟",
    "情景",
    "峰值",
    "折算",
    "还原",
    "剔除",
    "净",
    "临时",
]
METRICS = [
    ("GDP", "亿元", "6551"), ("地区生产总值", "亿元", "6551"), ("常住人口", "万人", "224.1"), ("人口", "万人", "224.1"),
    ("社会消费品零售总额", "亿元", "2100"), ("面积", "平方公里", "96.33"), ("跨境电商进出口额", "亿元", "100"),
]  # fmt: skip
LAYOUTS = {
    "heading": "区,年份,{w}{m}（{u}）\n天河区,2023,{v}\n番禺区,2023,{v}\n",
    "behind in a heading": "区,年份,{m}{w}（{u}）\n天河区,2023,{v}\n番禺区,2023,{v}\n",
    "in brackets of a heading": "区,年份,{m}（{w}，{u}）\n天河区,2023,{v}\n番禺区,2023,{v}\n",
    "before a year": "区,{w}2023年{m}（{u}）\n天河区,{v}\n番禺区,{v}\n",
    "beside a year": "各区{m}（{u}）\n区,2023年（{w}）,2022年\n天河区,{v},\n番禺区,{v},\n",
    "parent heading": "区,年份,{w},备注\n,,{m}（{u}）,\n天河区,2023,{v},\n番禺区,2023,{v},\n",
    "label of a row": "天河区主要指标\n指标,单位,2023年\n{w}{m},{u},{v}\n",
    "label above a row": "天河区主要指标\n指标,单位,2023年\n{w}经济,,\n{m},{u},{v}\n",
    "behind the label of a row": "天河区主要指标\n指标,单位,2023年\n{m}（{w}）,{u},{v}\n",
    "title that names the metric": "2022-2023年各区{w}{m}（{u}）\n区,2022,2023\n天河区,,{v}\n番禺区,,{v}\n",
    "behind the metric of a title": "2022-2023年各区{m}{w}情况（{u}）\n区,2022,2023\n天河区,,{v}\n番禺区,,{v}\n",
    "title": "2023年各区{w}情况\n区,{m}（{u}）\n天河区,{v}\n番禺区,{v}\n",
    "in brackets of a title": "2023年各区{m}情况（{w}）\n区,{m}（{u}）\n天河区,{v}\n番禺区,{v}\n",
    "second title": "2023年各区主要指标\n（{w}）\n区,{m}（{u}）\n天河区,{v}\n番禺区,{v}\n",
    "line of the unit": "2023年各区主要指标\n单位：{u}（{w}）\n区,{m}\n天河区,{v}\n番禺区,{v}\n",
    "line of the indicator": "指标：{w}{m}（{u}）\n区,2022,2023\n天河区,,{v}\n番禺区,,{v}\n",
    "note above": "2023年各区主要指标\n注：{m}为{w}数据\n区,{m}（{u}）\n天河区,{v}\n番禺区,{v}\n",
    "note below": "2023年各区主要指标\n区,{m}（{u}）\n天河区,{v}\n番禺区,{v}\n注：数据为{w}口径\n",
    "label inside the table": "2023年各区主要指标\n区,{m}（{u}）\n{w},\n天河区,{v}\n番禺区,{v}\n",
    "column of kinds": "区,口径,年份,{m}（{u}）\n天河区,{w},2023,{v}\n番禺区,{w},2023,{v}\n",
    "column of any name": "区,板块,年份,{m}（{u}）\n天河区,{w},2023,{v}\n番禺区,{w},2023,{v}\n",
    "column of metrics": "区,指标,年份,数值,单位\n天河区,{w}{m},2023,{v},{u}\n",
    "unit of a row": "区,指标,年份,数值,单位\n天河区,{m},2023,{v},{u}（{w}）\n",
    "district of a row": "区,年份,{m}（{u}）\n天河区（{w}）,2023,{v}\n",
    "name of the sheet": "区,2023年{m}（{u}）\n天河区,{v}\n番禺区,{v}\n",
}


@pytest.mark.parametrize(("at", "layout"), list(enumerate(LAYOUTS)), ids=LAYOUTS)
def test_an_unknown_word_is_a_question_or_is_quoted(today, at, layout):
    """Each layout with a quarter of the words, beside names in turn."""
    for number, word in enumerate(WORDS[at % 4 :: 4], at):
        name, unit, value = METRICS[number % len(METRICS)]
        text = LAYOUTS[layout].format(w=word, m=name, u=unit, v=value)
        rows = [line.split(",") for line in text.splitlines()]
        width = max(map(len, rows))
        sheet = Sheet.of([tuple(row + [""] * (width - len(row))) for row in rows])
        reading = Reading(sheet, name=word + name if layout == "name of the sheet" else "")
        upload = clean(reading, "file.csv", "indicators", today, Choices(source_id="x"))
        quoted = [one for one in upload.findings if set(word) & set(f"{one.value}{one.heading}{one.params}")]
        assert upload.table.empty or quoted, text


@pytest.mark.parametrize(
    "title",
    [
        "表1-8 2023年广州市各区主要经济指标统计表（单位：亿元）",
        "附件3：广州市番禺区统计局2023年国民经济和社会发展统计公报", "（一）各区地区生产总值及其增长速度",
        "2023年各区GDP、常住人口情况一览表", "Table 3 Main Indicators by District (2023)", "分区县年度数据", "穗统〔2024〕12号", "Sheet1",
    ],
)  # fmt: skip
def test_a_title_of_known_words_is_no_finding(cleaned, found, title):
    upload = cleaned(f"{title},\n区,2023年GDP（亿元）\n天河区,6551\n", source_id="x")
    assert len(upload.table) == 1
    assert found(upload, "remark_says_other") == []


def test_words_that_only_join_others_are_known():
    words = Unfamiliar(["GDP", "荔湾区"])
    assert words.within("2023年荔湾区的GDP及其与上年之比") == ()
    assert words.within("x" * 10_000) == ()
