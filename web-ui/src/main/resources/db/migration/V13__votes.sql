-- Events drawn at random, on which assertions, the model and people vote: from their agreement it is estimated how
-- often assertions are right that nobody has reviewed. No field's value is kept of them.
CREATE TABLE voted_event (
  project    text             NOT NULL,
  stream     text             NOT NULL,
  -- As the item would be called that proposes the event for review.
  id         text             NOT NULL,
  -- As the stream calls it.
  event      text             NOT NULL,
  key        text             NOT NULL,
  at         timestamptz      NOT NULL,
  -- The least that the event says of how sure the model was; null where it says nothing.
  confidence double precision,
  drawn      timestamptz      NOT NULL,
  PRIMARY KEY (project, stream, id)
);

CREATE INDEX voted_event_newest ON voted_event (project, stream, drawn DESC);

-- When a project's votes are counted next; whoever moves it on does it.
CREATE TABLE vote_turn (
  project text        PRIMARY KEY,
  next    timestamptz NOT NULL
);

-- What voters said of a stream's events: how often each combination of votes came.
CREATE TABLE vote_count (
  project  text        NOT NULL,
  stream   text        NOT NULL,
  counted  timestamptz NOT NULL,
  events   bigint      NOT NULL,
  voters   text[]      NOT NULL,
  -- [{"votes":[0,1,-1],"times":17}, …]: 0 an error, 1 none, -1 nothing said.
  patterns jsonb       NOT NULL,
  PRIMARY KEY (project, stream)
);

-- How often flags of an assertion are errors, by these votes.
CREATE TABLE vote_estimate (
  project   text             NOT NULL,
  assertion text             NOT NULL,
  stream    text             NOT NULL,
  -- null where the votes do not tell, and then what is lacking: VOTERS, FLAGS, OTHERS, STEADINESS.
  value     double precision,
  lack      text,
  -- Events that it flags, and of these those that another voter flags, too.
  flags     bigint           NOT NULL,
  shared    bigint           NOT NULL,
  counted   timestamptz      NOT NULL,
  PRIMARY KEY (project, assertion)
);
