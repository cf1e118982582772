"""Indicators: what is measured, and the one gate every figure passes before it leaves the house (`disclosure`).

Not here: what a report looks like and what was frozen (`reports`), nor the facts themselves (`facts` and the `extract`
of each room).

Dutch words: kleine aantallen (small counts), niet getoond (suppressed), afronden (rounding).
"""
