"""`ogp-data serve`: what is published, dereferenced, queried and harvested over HTTP. Nothing else imports this."""
