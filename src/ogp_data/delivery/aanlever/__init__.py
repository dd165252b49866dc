"""The Aanlever API of data.overheid.nl."""
