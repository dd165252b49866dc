"""Files of values -> what publications share, as data: lists of values, licences, profiles. Imports core."""
