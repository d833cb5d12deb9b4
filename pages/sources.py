"""Sources: the metrics, the assumptions and gaps, the boundaries, and every source."""

import streamlit as st

from ui.i18n import t
from ui.panels import reference

st.markdown(f"#### {t('Metrics')}")
reference.metrics()
st.markdown(f"#### {t('Plan, city and province')}")
reference.plan_targets()
st.markdown(f"#### {t('Assumptions and gaps')}")
reference.assumptions()
st.markdown(f"#### {t('Boundaries')}")
reference.boundaries()
st.markdown(f"#### {t('All sources')}")
reference.sources()
