// Blocks and clauses around CEL expressions. What a clause means is for the checker; the grammar only finds its parts.
parser grammar AssayParser;

options { tokenVocab = AssayLexer; }

file : languageLine? declaration* EOF ;

languageLine : LANGUAGE INT ;

declaration : modelDecl | streamDecl | embeddingsDecl | assertionDecl | routeDecl | paramDecl | testDecl ;

modelDecl : MODEL name STRING? (OWNER STRING)? (READS name (COMMA name)*)? ;

paramDecl : PARAM name ASSIGN expr ;

// ---- streams ----

streamDecl : STREAM name FROM TOPIC STRING LBRACE streamItem* RBRACE ;

streamItem
  : modelItem | keyItem | idItem | timeItem | mediaItem | sizeItem | featuresItem | imputeItem | sliceItem | calibrationItem
  | truthItem | servingItem | latenessItem | fieldItem
  ;

modelItem : MODEL plainName (VERSION plainName)? ;
keyItem : KEY name type fieldModifier* ;
idItem : ID name type? fieldModifier* ;
timeItem : TIME name type fieldModifier* ;
mediaItem : MEDIA plainName (FROM path)? ;
sizeItem : SIZE (INT name INT | QUANTITY) ;
featuresItem : FEATURES LBRACE fieldItem* RBRACE ;
imputeItem : IMPUTE name EVERY amount FROM LAST amount EVENTS ;
sliceItem : SLICE name ASSIGN expr ;
calibrationItem : CALIBRATION name ASSIGN expr ;
truthItem : TRUTH name type FROM TOPIC STRING WITHIN amount ;
servingItem
  : SERVING plainName STRING? (FROM TOPIC STRING | REQUESTS STRING RESPONSES STRING) (WITHIN amount)? (PER plainName)?
  ;
latenessItem : LATENESS amount ;

// A clause word with a type right behind it is a field: 'size int', 'media string'.
fieldItem : (fieldName (type | unknownType) | streamWord type) fieldModifier* ;

fieldModifier
  : PRIVATE
  | ALIKE LPAREN STRING (COMMA STRING)* RPAREN
  | TOLERANCE amount
  | FROM path
  | ASSIGN mapping
  ;

mapping : name LPAREN mapping (COMMA mapping)* RPAREN | path | INT | DOUBLE ;
path : (plainName | STRING) pathStep* ;
pathStep : DOT (name | STRING) | LBRACKET INT RBRACKET ;

type : bareType QUESTION? ;
bareType
  : TYPE_NAME                                               # simpleType
  | TIMESTAMP (LPAREN name RPAREN)?                         # timestampType
  | LENGTH (LPAREN name RPAREN)?                            # lengthType
  | ENUM LPAREN STRING (COMMA STRING)* COMMA? RPAREN        # enumType
  | VECTOR (LPAREN INT RPAREN)?                             # vectorType
  | LIST LBRACE fieldItem* RBRACE                           # recordListType
  | LIST BELOW type ABOVE                                   # listType
  | MAP BELOW (type | name) COMMA type ABOVE                # mapType
  | LBRACE fieldItem* RBRACE                                # recordType
  ;
unknownType : (IDENT | QUOTED_IDENT) (LPAREN argument (COMMA argument)* RPAREN | LBRACE fieldItem* RBRACE)? QUESTION? ;

// ---- embeddings ----

embeddingsDecl : EMBEDDINGS name FROM TOPIC STRING LBRACE embeddingsItem* RBRACE ;
embeddingsItem : (ITEM | VERSION) name type | VECTOR INT | timeItem | modelItem ;

// ---- assertions ----

assertionDecl : ASSERTION name ON name STRING? LBRACE clause* RBRACE ;

clause
  : eachClause | whereClause | identityClause | absentClause | presentInClause | presentClause | returnsClause
  | transitionsClause | consistentClause | changeClause | letClause | expectClause | forClause | silenceClause
  | joinClause | matchClause | unmatchedClause | ignoreClause | byClause | windowClause | leastClause | compareClause
  | whenClause | severityClause | levelClause | explainClause | modeClause | ownerClause | tagsClause
  | runbookClause | correctClause | sampleClause | alertClause | paramDecl
  ;

eachClause : EACH name IN expr (WHERE expr)? ;
whereClause : WHERE expr ;
identityClause : IDENTITY expr (COASTING bound)? ;
absentClause : ABSENT LESS THAN bound ;
presentClause : PRESENT LESS THAN bound ;
presentInClause : PRESENT IN AT LEAST amount OF amount ;
returnsClause : RETURNS expr (WITHIN bound)? (THROUGH AT MOST bound)? ;
transitionsClause : TRANSITIONS AT MOST amount WITHIN bound ;
consistentClause : CONSISTENT expr WITHIN bound (TOLERANCE amount)? ;
changeClause : CHANGE expr AT MOST amount PER amount ;
letClause : LET name ASSIGN expr ;
expectClause : EXPECT (ACROSS name COLON | name COLON)? expr (WHEN PRESENT)? (OVER windowSpec)? ;
forClause : FOR name IN name expectClause ;
silenceClause : SILENCE AT MOST amount (OVER STREAM)? ;
joinClause : JOIN name (COMMA name)* (WITHIN amount | AS OF name? AT MOST amount OLD) ;
matchClause : MATCH (ANY | ONE)? name IN expr COMMA name IN expr WHERE expr ;
unmatchedClause : UNMATCHED name (WHERE expr)? ;
ignoreClause : IGNORE WHERE expr ;
byClause : BY name (COMMA name)* ;
windowClause : WINDOW windowSpec (AT LEAST amount name)? ;
windowSpec : TUMBLING amount | HOPPING amount EVERY amount | SESSION amount | LAST bound ;
leastClause : AT LEAST amount OF? name ;
compareClause : COMPARE name (BY name (WITHIN amount)? | WITH (PREVIOUS | STRING)) ;
whenClause : WHEN name VIOLATED ;
severityClause : SEVERITY expr ;
levelClause : LEVEL name ;
explainClause : EXPLAIN STRING ;
modeClause : MODE name ;
ownerClause : OWNER STRING ;
tagsClause : TAGS tag (COMMA tag)* ;
tag : name | STRING ;
runbookClause : RUNBOOK STRING ;

correctClause : CORRECT (WHEN expr)? correction ;
correction
  : INSERT name (INTO memberPath)? WITH setting (COMMA setting)*      # insertCorrection
  | REMOVE name                                                      # removeCorrection
  | SET memberPath ASSIGN expr                                       # setCorrection
  | MERGE memberPath WHERE expr KEEP expr                            # mergeCorrection
  ;
setting : name ASSIGN expr ;
memberPath : name (DOT name)* ;

sampleClause
  : SAMPLE name (LPAREN name (OF expr)? RPAREN)? (STRATIFY BY expr)? (WITH amount EVENTS AROUND)?
    (COMMA AT MOST amount PER DAY)? (RATE amount)? ;

alertClause : ALERT WHEN alertCondition (FOR amount)? (KEEP amount)? (TO name (COMMA name)*)? ;
alertCondition
  : RATE (PER name)? (ABOVE | AT_LEAST) amount       # rateCondition
  | BREACHED (FOR amount WINDOWS)?                   # breachedCondition
  | OPEN FOR amount                                  # openCondition
  ;

bound : amount (EVENTS | EVENT)? ;
amount : MINUS? (INT | DOUBLE | QUANTITY | PERCENT_LITERAL) | name | LPAREN expr RPAREN ;

// ---- routes ----

routeDecl : ROUTE name LBRACE routeItem* RBRACE ;
routeItem : TO routeTarget (COMMA routeTarget)* | GROUP BY name (COMMA name)* | REPEAT amount ;
routeTarget : name LPAREN STRING RPAREN ;

// ---- tests ----

testDecl : TEST name STRING LBRACE testItem* RBRACE ;
testItem : givenItem | seenItem | expectItem ;
// A field called 'for' or 'from' stands in back-quotes here.
givenItem : GIVEN name (STRING | EVERY amount (FOR bound)? (FROM amount)? givenValue*) ;
givenValue : givenName (OF givenRecord (COMMA givenRecord)* | expr) ;
givenRecord : LBRACE structFields RBRACE ;
seenItem : SEEN STRING ;
expectItem
  : EXPECT VIOLATION (AT amount)? (WITH setting (COMMA setting)*)?    # violationExpected
  | EXPECT INT (VIOLATION | VIOLATIONS)                              # countExpected
  | EXPECT SILENCE                                                   # silenceExpected
  | EXPECT UNDECIDED                                                 # undecidedExpected
  | EXPECT CORRECTED AT amount WITHOUT? givenValue                   # correctedExpected
  ;

// ---- expressions ----

// One expression alone, as in the braces of a sentence.
onlyExpr : expr EOF ;

expr : orExpr (QUESTION orExpr COLON expr)? ;
orExpr : andExpr (OR andExpr)* ;
andExpr : relation (AND relation)* ;
relation : range (relationSign range)* ;
relationSign : EQUALS | NOT_EQUALS | AT_MOST | AT_LEAST | BELOW | ABOVE | IN ;
range : sum (RANGE sum)? ;
sum : product ((PLUS | MINUS) product)* ;
product : unary ((STAR | SLASH | PERCENT) unary)* ;
unary : (NOT+ | MINUS+)? member ;
member : primary step* ;
step
  : DOT name (LPAREN arguments RPAREN)?
  | LBRACKET expr RBRACKET
  ;
primary
  : DOT? name (DOT name)* LBRACE structFields RBRACE     # structPrimary
  | DOT? name LPAREN arguments RPAREN                    # callPrimary
  | DOT? name                                            # namePrimary
  | LPAREN expr RPAREN                                   # groupPrimary
  | LBRACKET (expr (COMMA expr)* COMMA?)? RBRACKET       # listPrimary
  | LBRACE (mapEntry (COMMA mapEntry)* COMMA?)? RBRACE   # mapPrimary
  | literal                                              # literalPrimary
  ;
arguments : (argument (COMMA argument)*)? ;
argument : LAST amount | expr ;
structFields : (structField (COMMA structField)* COMMA?)? ;
structField : name COLON expr ;
mapEntry : expr COLON expr ;
literal : INT | UINT | DOUBLE | PERCENT_LITERAL | QUANTITY | STRING | BYTES | TRUE | FALSE | NULL ;

// ---- names: every word is one where no clause can start ----

name : IDENT | QUOTED_IDENT | streamWord | typeWord | testWord | otherWord ;
// Not a type's word: a field called 'version' may follow a clause that takes 'version NAME'.
plainName : IDENT | QUOTED_IDENT | streamWord | testWord | otherWord ;
fieldName : IDENT | QUOTED_IDENT | typeWord | testWord | otherWord ;
givenName : IDENT | QUOTED_IDENT | streamWord | typeWord | otherWord ;

streamWord
  : KEY | ID | TIME | MEDIA | SIZE | FEATURES | SLICE | CALIBRATION | TRUTH | SERVING | IMPUTE | LATENESS | MODEL
  ;
typeWord : TYPE_NAME | LIST | ENUM | LENGTH | TIMESTAMP | VECTOR | MAP ;
testWord : GIVEN | SEEN | EXPECT ;
otherWord
  : LANGUAGE | OWNER | READS | STREAM | FROM | TOPIC | VERSION | WITHIN | EVERY | LAST | EVENTS | EVENT | ALIKE
  | PRIVATE | TOLERANCE | EMBEDDINGS | ITEM | ASSERTION | ON | EACH | WHERE | IDENTITY | COASTING | ABSENT
  | PRESENT | LESS | THAN | RETURNS | THROUGH | AT | MOST | LEAST | TRANSITIONS | CONSISTENT | CHANGE | PER
  | ACROSS | FOR | WHEN | LET | BY | WINDOW | WINDOWS | TUMBLING | HOPPING | SESSION | JOIN | AS | OF | OLD
  | MATCH | ANY | ONE | UNMATCHED | IGNORE | SILENCE | OVER | SEVERITY | LEVEL | EXPLAIN | MODE | TAGS
  | RUNBOOK | CORRECT | INSERT | REMOVE | SET | MERGE | INTO | WITH | KEEP | SAMPLE | STRATIFY | AROUND | RATE | DAY
  | ALERT | TO | BREACHED | OPEN | VIOLATED | COMPARE | PREVIOUS | ROUTE | GROUP | REPEAT | PARAM | TEST
  | VIOLATION | VIOLATIONS | UNDECIDED | CORRECTED | WITHOUT | REQUESTS | RESPONSES
  ;
