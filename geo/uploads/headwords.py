"""The words that head the columns of an indicator file, in both languages, as :func:`geo.uploads.words.key` writes them."""

from collections.abc import Mapping

from geo.uploads.model import IGNORED

__all__ = ["FIELDS", "NAMES"]

FIELDS: Mapping[str, str] = {
    "district": "adcode district 区 地区 区县 区域 区名 区划 行政区 行政区划 辖区 各区 分区 所属区 所在区 区县名称 地区名称 行政区名称 区名称 "
    "行政区代码 行政区划代码 区划代码 区代码 地区代码 代码 districtname districtcode divisioncode region place",
    "metric": "metric 指标 指标名称 指标名 统计指标 指标代码 指标id 项目 indicator indicatorname metricname metricid variable item",
    "period": "period 时期 期间 年份 年度 年 时间 统计时间 统计期 报告期 数据时间 所属期 year time reportingperiod",
    "value": "value 数值 值 数据 指标值 统计值 数据值 本期值 绝对值 总量 数额 figure amount",
    "unit": "unit 单位 计量单位 数据单位 units unitofmeasure",
    "source": "source 来源 数据来源 资料来源 出处 来源编号 来源id sourceid datasource",
    "quality": "quality 质量 数据质量 可信度 核实情况 核实状态",
    "note": "note 备注 说明 注释 附注 注 notes remark remarks comment comments",
    IGNORED: "序号 编号 行号 排名 位次 名次 排序 no index rank row",
}
NAMES = {word: field for field, words in FIELDS.items() for word in words.split()}
