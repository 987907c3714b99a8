"""Evidence of deployment: what pipelines, classic releases, tagged runs and runs of tests show."""
