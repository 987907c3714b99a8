"""Each job as a story: arrange the world, run the job, look at the world."""
