"""Prepare: start the show, see what its slides say, hand it over, and check everything before the meeting."""

import streamlit as st

from ui.exporting import prepare
from ui.i18n import t

story = prepare.deck()
prepare.start()
st.markdown(f"#### {t('Slides')}")
prepare.slides(story)
st.markdown(f"#### {t('Export')}")
prepare.hand_over(story)
st.markdown(f"#### {t('Check before the meeting')}")
prepare.check(story)
