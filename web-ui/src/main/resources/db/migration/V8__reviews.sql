-- From flags to labels. Episodes are rolled up by the sink from violations; rounds propose some of them, people say
-- what they see. Verdicts are only ever added: an undone one stays, marked.

-- Which episode a violation belongs to, and how sure the model was of its subject, where the evidence says so.
-- '' for what was stored before: such episodes are not proposed.
ALTER TABLE violation ADD COLUMN episode text NOT NULL DEFAULT '';
ALTER TABLE violation ADD COLUMN confidence double precision;

CREATE TABLE episode (
  project        text             NOT NULL,
  -- The id of the violation that opened it.
  id             text             NOT NULL,
  assertion      text             NOT NULL,
  judgement_hash text             NOT NULL,
  stream         text             NOT NULL,
  key            text             NOT NULL,
  subject        text             NOT NULL,
  label          text             NOT NULL,
  level          text             NOT NULL,
  mode           text             NOT NULL,
  model_version  text,
  -- Event times: of the first and the last violation, and from when to when their spans reach.
  opened         timestamptz      NOT NULL,
  lasts          timestamptz      NOT NULL,
  began          timestamptz      NOT NULL,
  ended          timestamptz      NOT NULL,
  violations     bigint           NOT NULL,
  -- The worst violation, the one that is shown.
  worst          double precision NOT NULL,
  worst_day      date             NOT NULL,
  worst_id       text             NOT NULL,
  -- The least of its violations.
  confidence     double precision,
  PRIMARY KEY (project, id)
);

CREATE INDEX episode_of_key ON episode (project, key, began);
CREATE INDEX episode_newest ON episode (project, assertion, opened DESC);

-- A round proposes episodes, and is over when a model that was trained on its labels appears.
CREATE TABLE label_round (
  project       text        NOT NULL,
  number        bigint      NOT NULL,
  opened        timestamptz NOT NULL,
  opened_by     text        NOT NULL,
  seed          bigint      NOT NULL,
  -- How it was chosen: budget, strategy, shares; and of each assertion its rate then.
  plan          jsonb       NOT NULL,
  closed        timestamptz,
  closed_by     text,
  closed_why    text,
  trained       text,
  trained_at    timestamptz,
  -- First seen in events, by event time.
  seen_at       timestamptz,
  PRIMARY KEY (project, number)
);

CREATE UNIQUE INDEX label_round_open ON label_round (project) WHERE closed IS NULL;

CREATE TABLE label_item (
  project      text             NOT NULL,
  -- The episode.
  id           text             NOT NULL,
  round        bigint           NOT NULL,
  assertion    text             NOT NULL,
  stream       text             NOT NULL,
  key          text             NOT NULL,
  label        text             NOT NULL,
  day          date             NOT NULL,
  violation    text             NOT NULL,
  judgement_hash text           NOT NULL,
  model_version text,
  at           timestamptz      NOT NULL,
  severity     double precision NOT NULL,
  -- Why it was chosen: bandit, uniform, random, …; and with what probability within its arm.
  arm          text             NOT NULL,
  reason       text             NOT NULL,
  probability  double precision NOT NULL,
  around       integer          NOT NULL,
  -- What a correction of it does, such as 'insert' or 'remove+set'; '' where none is proposed.
  correction   text             NOT NULL DEFAULT '',
  rank         double precision NOT NULL,
  -- How many people are to say something.
  needed       integer          NOT NULL DEFAULT 1,
  -- How many have a verdict that stands.
  said         integer          NOT NULL DEFAULT 0,
  status       text             NOT NULL DEFAULT 'OPEN', -- OPEN, AGREED, DISPUTED, SETTLED
  finding      text, -- ERROR, NO_ERROR, UNCLEAR: what holds
  gold         text, -- what is known to be right; reviewers do not see it
  PRIMARY KEY (project, id)
);

CREATE INDEX label_item_queue ON label_item (project, rank DESC, id) WHERE status = 'OPEN';
CREATE INDEX label_item_queue_of_assertion ON label_item (project, assertion, rank DESC, id) WHERE status = 'OPEN';
CREATE INDEX label_item_disputed ON label_item (project, rank DESC, id) WHERE status = 'DISPUTED';
CREATE INDEX label_item_gold ON label_item (project, id) WHERE gold IS NOT NULL;
CREATE INDEX label_item_of_round ON label_item (project, round);

-- Who looks at what at the moment.
CREATE TABLE label_lease (
  project  text        NOT NULL,
  item     text        NOT NULL,
  reviewer text        NOT NULL,
  until    timestamptz NOT NULL,
  -- Rather not: the reviewer is not given it until then; others are.
  skipped  boolean     NOT NULL DEFAULT false,
  PRIMARY KEY (project, item, reviewer)
);

CREATE INDEX label_lease_of_reviewer ON label_lease (project, reviewer);

CREATE TABLE label_verdict (
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  project     text        NOT NULL,
  item        text        NOT NULL,
  reviewer    text        NOT NULL,
  at          timestamptz NOT NULL,
  finding     text        NOT NULL, -- ERROR, NO_ERROR, UNCLEAR
  -- Of the proposed correction: ACCEPTED, EDITED, REJECTED; null where there is none, or nothing was said.
  correction  text,
  -- Events as they should have been, where the correction was edited; json as in violation.evidence.
  edited      json,
  reason      text        NOT NULL DEFAULT '',
  -- What was looked at: '' the subject alone, else classes or fields, as the reviewer says.
  scope       text        NOT NULL DEFAULT '',
  known_until text,
  -- Settles what reviewers disagree about.
  settles     boolean     NOT NULL DEFAULT false,
  millis      bigint, -- from the lease to the verdict
  undone      timestamptz,
  PRIMARY KEY (project, id)
);

CREATE INDEX label_verdict_of_item ON label_verdict (project, item);
CREATE INDEX label_verdict_of_reviewer ON label_verdict (project, reviewer, at DESC);

-- What reviewers are told of an assertion.
CREATE TABLE label_guideline (
  project   text        NOT NULL,
  assertion text        NOT NULL,
  body      text        NOT NULL,
  changed   timestamptz NOT NULL,
  changed_by text       NOT NULL,
  PRIMARY KEY (project, assertion)
);

-- A known problem: not proposed again before a model version.
CREATE TABLE label_known (
  project   text        NOT NULL,
  assertion text        NOT NULL,
  -- '' for all keys.
  key       text        NOT NULL,
  version   text        NOT NULL,
  since     timestamptz NOT NULL,
  by        text        NOT NULL,
  ended     timestamptz,
  PRIMARY KEY (project, assertion, key, version)
);
