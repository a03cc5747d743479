"""``python -m dibao``."""

from dibao.cli import cli

cli()
