"""CKAN: its action API, and the fields of three flavours."""
