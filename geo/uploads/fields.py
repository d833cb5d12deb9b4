"""Fields of cluster, tenant and slide files: the words they go by, and the values they hold."""

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache

from geo.uploads.bounds import MAX_NAME
from geo.uploads.model import IGNORED
from geo.uploads.words import key, plain

__all__ = [
    "CHART_WORDS",
    "FIELDS",
    "PICTURE_WORDS",
    "REQUIRED",
    "STATUS_WORDS",
    "TIER_WORDS",
    "YES_WORDS",
    "by_word",
    "read_date",
]

_SOURCE = "source 来源 数据来源 资料来源 出处 来源编号 来源id"
_IGNORED = "序号 编号 行号 no index"
FIELDS: Mapping[str, Mapping[str, str]] = {
    "clusters": {
        "cluster_id": "clusterid 集聚区id 集聚区编号 集聚区代码",
        "adcode": "district 区 行政区 所在区 所属区 区县 地区 区名称 行政区划代码 区划代码 区代码 code 代码",
        "tier": "层级 级别 等级 类型 level rank",
        "name_en": "nameen englishname name 英文名称 英文名 集聚区英文名 集聚区英文名称 集聚区名称英文 名称英文 clusternameenglish clustername cluster",
        "name_zh": "namezh chinesename 中文名称 中文名 集聚区 集聚区名称 名称 名称中文 集聚区名称中文 集聚区中文名",
        "park_en": "parken park 园区英文 园区英文名 园区英文名称 parkenglish",
        "park_zh": "parkzh 园区 园区名称 园区中文 园区中文名 园区中文名称 依托园区 parkchinese",
        "park_source_id": "parksource 园区来源 parksourceid",
        "strength_en": "strengthen strength 优势英文 特色英文 strengthenglish",
        "strength_zh": "strengthzh 优势 特色 特色优势 产业特色 优势中文 特色中文 strengthchinese",
        "strength_source_id": "strengthsource 优势来源 特色来源 strengthsourceid",
        "source_id": _SOURCE,
        "assumption": "假设 是否假设 是否为假设 推断 isassumption assumed",
        IGNORED: _IGNORED,
    },
    "tenants": {
        "company_id": "companyid 企业id 企业编号 企业代码 公司id 公司编号",
        "company_en": "companyen company companyname 企业英文名 企业英文名称 公司英文名 英文名称 英文名 companyenglish tenant firm",
        "company_zh": "companyzh 企业 企业名称 公司 公司名称 企业中文名 企业中文名称 中文名称 中文名 入驻企业 companychinese",
        "cluster_id": "clusterid cluster 集聚区 所在集聚区 所属集聚区 集聚区名称 集聚区编号 clustername",
        "status": "状态 入驻状态 进展 进展情况 stage",
        "date": "日期 时间 发生日期 截至日期 when 入驻时间",
        "source_id": _SOURCE,
        "note_en": "noteen note notes remark remarks 英文备注 备注英文 说明英文 noteenglish",
        "note_zh": "notezh 备注 说明 中文备注 备注中文 notechinese",
        IGNORED: _IGNORED,
    },
    "slides": {
        "slide_id": "slideid slide id 编号 页编号 幻灯片 幻灯片编号 幻灯片id 页面编号",
        "title_en": "titleen titleenglish englishtitle 标题英文 英文标题 英文题目",
        "title_zh": "titlezh titlechinese chinesetitle title 标题 题目 标题中文 中文标题",
        "text_en": "texten textenglish englishtext 正文英文 英文正文 内容英文 英文内容",
        "text_zh": "textzh textchinese chinesetext text 正文 内容 正文中文 中文正文 内容中文 中文内容",
        "view": "视图 画面参数 视图参数 地址",
        "camera": "镜头 视角 取景 镜头范围",
        "picture": "图 地图 画面 图片",
        "chart": "图表 统计图",
        "notes_en": "notesen notesenglish speakersnotesenglish englishnotes 讲稿英文 英文讲稿 备注英文 英文备注",
        "notes_zh": "noteszh noteschinese speakersnoteschinese chinesenotes notes 讲稿 备注 讲稿中文 中文讲稿 备注中文 演讲稿",
        IGNORED: "序号 行号 页码 顺序 no index order",
    },
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "clusters": ("cluster_id", "adcode", "tier", "name_en", "name_zh"),
    "tenants": ("company_en", "company_zh", "cluster_id", "status"),
    "slides": ("slide_id", "title_en", "title_zh", "text_en", "text_zh"),
}
TIER_WORDS: Mapping[str, str] = {
    "headquarters": "headquarters hq headquarter 总部 总部集聚区 总部区 第一 1琶洲 1pazhou",
    "second": "second secondary 第二 第二集聚区 二级 次 1白鹅潭 1baietan",
    "district": "district districts 区 区级 区级集聚区 各区 9个区 9districts",
}
STATUS_WORDS: Mapping[str, str] = {
    "considering": "considering saidtobeconsidering 据称考虑入驻 考虑入驻 考虑 有意向 意向",
    "expected": "expected 预期入驻 预期 预计入驻 拟入驻 计划入驻",
    "land_bought": "landbought boughtland 已拿地 拿地 已购地 购地",
    "under_construction": "underconstruction 在建 建设中 已动工 施工中",
    "topped_out": "toppedout 已封顶 封顶",
    "completed": "completed complete 已建成 建成 已竣工 竣工",
    "moved_in": "movedin 已入驻 入驻",
    "moved_out": "movedout 已迁出 迁出 已搬离",
}
PICTURE_WORDS: Mapping[str, str] = {
    "figures": "figures figure choropleth 数据 数据图 分级图 分级设色图 指标图",
    "plan": "plan 规划 规划图 层级 层级图",
    "site": "site 地点 位置 位置图 选址",
}
CHART_WORDS: Mapping[str, str] = {
    "none": "none no 无 不显示 无图表",
    "ranking": "ranking rank 排名 排行 位次 排序",
    "trend": "trend 趋势 趋势图 变化 走势",
}
YES_WORDS: Mapping[str, str] = {"yes": "yes y true 1 是 对 √ 有", "no": "no n false 0 否 不是 无"}
DATE = re.compile(
    r"([12][0-9]{3})(?:[-/.年]([01]?[0-9])(?:[-/.月]([0-3]?[0-9])日?)?月?)?年?(?:\s*t?[0-9]{1,2}:[0-9:.]+)?"
)


@lru_cache(maxsize=4096)
def read_date(text: str) -> str | None:
    """Return a date as 2020, 2020-07 or 2020-07-06, None where the text is none.

    Examples
    --------
    >>> read_date("2021年4月6日"), read_date("2021/4"), read_date("2021.04"), read_date("2021")
    ('2021-04-06', '2021-04', '2021-04', '2021')
    >>> read_date("2021-13") is None
    True
    """
    found = DATE.fullmatch(plain(text).casefold()) if len(text) <= MAX_NAME else None
    if found is None:
        return None
    parts = [part for part in found.groups() if part is not None]
    try:
        datetime.date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except ValueError:
        return None
    return "-".join([parts[0], *(f"{int(part):02}" for part in parts[1:])])


def by_word(words: Mapping[str, str]) -> dict[str, str]:
    """Return the key of each word of a table whose values are lists of words."""
    return {key(word): name for name, listed in words.items() for word in (name, *listed.split())}
