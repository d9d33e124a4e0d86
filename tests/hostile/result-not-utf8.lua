-- A result that is no text.
-- ends: nothing|plugin
return require('fascia').json('\xff\xfe')
