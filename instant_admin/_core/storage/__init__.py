"""Files: what can be uploaded and under which path, and how downloads go on where they broke off."""
