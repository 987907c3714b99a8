"""What Shunter and its peers cost on the same Azure DevOps, side by side; run by hand, a small one also by pytest."""
