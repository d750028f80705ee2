-- What people say of predictions, from assay.labels; joined by the prediction's id, whichever came first.
CREATE TABLE label (
  project    text             NOT NULL,
  id         text             NOT NULL,
  prediction text             NOT NULL,
  stream     text             NOT NULL,
  verdict    text             NOT NULL, -- error, no-error, unclear; '' where only fields are said
  -- json, not jsonb: jsonb refuses texts with U+0000.
  fields     json             NOT NULL,
  classes    text[]           NOT NULL,
  looked     text[]           NOT NULL,
  weight     double precision NOT NULL,
  said_by    text             NOT NULL,
  source     text             NOT NULL,
  at         timestamptz      NOT NULL,
  received   timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (project, id)
);

CREATE INDEX label_of_prediction ON label (project, prediction);
CREATE INDEX label_newest ON label (project, received DESC);

-- The deciding event's id: by this a label finds its violations. '' for what was stored before.
ALTER TABLE violation ADD COLUMN prediction text NOT NULL DEFAULT '';
CREATE INDEX violation_prediction ON violation (project, prediction) WHERE prediction <> '';

-- What the webhook is to send, sent, or could not send.
CREATE TABLE webhook_delivery (
  id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project  text        NOT NULL,
  event    text        NOT NULL,
  -- Of a full round its number.
  subject  text        NOT NULL,
  body     text        NOT NULL,
  status   text        NOT NULL DEFAULT 'PENDING', -- PENDING, DELIVERED, DEAD
  attempts integer     NOT NULL DEFAULT 0,
  created  timestamptz NOT NULL,
  next     timestamptz NOT NULL,
  trouble  text        NOT NULL DEFAULT '',
  UNIQUE (project, event, subject)
);

CREATE INDEX webhook_delivery_due ON webhook_delivery (next) WHERE status = 'PENDING';

-- Projects of Label Studio that were made from here, to be asked for what was said there.
CREATE TABLE studio_project (
  project    text        NOT NULL,
  number     bigint      NOT NULL,
  title      text        NOT NULL,
  created    timestamptz NOT NULL,
  created_by text        NOT NULL,
  polled     timestamptz NOT NULL,
  PRIMARY KEY (project, number)
);
