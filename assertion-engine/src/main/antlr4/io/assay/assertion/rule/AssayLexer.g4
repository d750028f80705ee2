// Words, numbers with their units, strings and signs. Newlines are white space.
lexer grammar AssayLexer;

@members {
  /** Reads CEL alone: no units, no percents, no comments behind {@code #}. */
  boolean pure;

  /**
   * Whether the next character could begin an operand: {@code 10%3} is a modulo, {@code 5%} a percent.
   */
  private boolean operandFollows() {
    int next = _input.LA(1);
    return next != IntStream.EOF
        && (Character.isLetterOrDigit(next) || "_\"'`([{.-!".indexOf(next) >= 0);
  }
}

// Words of CEL that are never names.
TRUE : 'true' ;
FALSE : 'false' ;
NULL : 'null' ;
IN : 'in' ;

// Words that are words only where the parser asks for them; elsewhere they are names.
LANGUAGE : 'language' ;
MODEL : 'model' ;
OWNER : 'owner' ;
READS : 'reads' ;
STREAM : 'stream' ;
FROM : 'from' ;
TOPIC : 'topic' ;
VERSION : 'version' ;
KEY : 'key' ;
ID : 'id' ;
TIME : 'time' ;
MEDIA : 'media' ;
SIZE : 'size' ;
FEATURES : 'features' ;
SLICE : 'slice' ;
CALIBRATION : 'calibration' ;
TRUTH : 'truth' ;
SERVING : 'serving' ;
REQUESTS : 'requests' ;
RESPONSES : 'responses' ;
WITHIN : 'within' ;
IMPUTE : 'impute' ;
EVERY : 'every' ;
LAST : 'last' ;
EVENTS : 'events' ;
EVENT : 'event' ;
LATENESS : 'lateness' ;
LIST : 'list' ;
ALIKE : 'alike' ;
PRIVATE : 'private' ;
TOLERANCE : 'tolerance' ;
EMBEDDINGS : 'embeddings' ;
ITEM : 'item' ;
VECTOR : 'vector' ;
ASSERTION : 'assertion' ;
ON : 'on' ;
EACH : 'each' ;
WHERE : 'where' ;
IDENTITY : 'identity' ;
COASTING : 'coasting' ;
ABSENT : 'absent' ;
PRESENT : 'present' ;
LESS : 'less' ;
THAN : 'than' ;
RETURNS : 'returns' ;
THROUGH : 'through' ;
AT : 'at' ;
MOST : 'most' ;
LEAST : 'least' ;
TRANSITIONS : 'transitions' ;
CONSISTENT : 'consistent' ;
CHANGE : 'change' ;
PER : 'per' ;
EXPECT : 'expect' ;
ACROSS : 'across' ;
FOR : 'for' ;
WHEN : 'when' ;
LET : 'let' ;
BY : 'by' ;
WINDOW : 'window' ;
WINDOWS : 'windows' ;
TUMBLING : 'tumbling' ;
HOPPING : 'hopping' ;
SESSION : 'session' ;
JOIN : 'join' ;
AS : 'as' ;
OF : 'of' ;
OLD : 'old' ;
MATCH : 'match' ;
ANY : 'any' ;
ONE : 'one' ;
UNMATCHED : 'unmatched' ;
IGNORE : 'ignore' ;
SILENCE : 'silence' ;
OVER : 'over' ;
SEVERITY : 'severity' ;
LEVEL : 'level' ;
EXPLAIN : 'explain' ;
MODE : 'mode' ;
TAGS : 'tags' ;
RUNBOOK : 'runbook' ;
CORRECT : 'correct' ;
INSERT : 'insert' ;
REMOVE : 'remove' ;
SET : 'set' ;
MERGE : 'merge' ;
INTO : 'into' ;
WITH : 'with' ;
KEEP : 'keep' ;
SAMPLE : 'sample' ;
STRATIFY : 'stratify' ;
AROUND : 'around' ;
RATE : 'rate' ;
DAY : 'day' ;
ALERT : 'alert' ;
TO : 'to' ;
BREACHED : 'breached' ;
OPEN : 'open' ;
VIOLATED : 'violated' ;
COMPARE : 'compare' ;
PREVIOUS : 'previous' ;
ROUTE : 'route' ;
GROUP : 'group' ;
REPEAT : 'repeat' ;
PARAM : 'param' ;
TEST : 'test' ;
GIVEN : 'given' ;
SEEN : 'seen' ;
VIOLATION : 'violation' ;
VIOLATIONS : 'violations' ;
UNDECIDED : 'undecided' ;
CORRECTED : 'corrected' ;
WITHOUT : 'without' ;
ENUM : 'enum' ;
LENGTH : 'length' ;
TIMESTAMP : 'timestamp' ;
MAP : 'map' ;
TYPE_NAME : 'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'ratio' | 'rect' | 'cuboid' | 'duration' | 'dyn' ;

IDENT : [a-zA-Z_] [a-zA-Z0-9_]* ;
QUOTED_IDENT : '`' [a-zA-Z0-9_.\-/ ]+ '`' ;

// Numbers. The order matters: of two equally long matches the first rule wins.
UINT : (DIGITS | HEX) [uU] ;
INT : DIGITS | HEX ;
DOUBLE : DECIMAL ;
PERCENT_LITERAL : (DIGITS | DECIMAL) '%' { !pure && !operandFollows() }? ;
QUANTITY : (DIGITS | DECIMAL) [a-zA-Z_] [a-zA-Z0-9_]* { !pure }? ;

fragment DIGITS : [0-9]+ ;
fragment HEX : '0' [xX] [0-9a-fA-F]+ ;
fragment DECIMAL : [0-9]+ '.' [0-9]+ EXPONENT? | [0-9]+ EXPONENT | '.' [0-9]+ EXPONENT? ;
fragment EXPONENT : [eE] [+\-]? [0-9]+ ;

BYTES : [bB] STRING_FORM ;
STRING : STRING_FORM ;
// Shorter than any closed string, hence taken only where the string never ends.
UNCLOSED_STRING
  : [bB]? [rR]? ('"' ~["\r\n]* | '\'' ~['\r\n]*)
  | [bB]? [rR]? '"""' (ESCAPE | ~["\\] | '"' ~["\\] | '""' ~["\\])+
  | [bB]? [rR]? '\'\'\'' (ESCAPE | ~['\\] | '\'' ~['\\] | '\'\'' ~['\\])+
  ;

fragment STRING_FORM
  : [rR] '"""' .*? '"""'
  | [rR] '\'\'\'' .*? '\'\'\''
  | [rR] '"' ~["\r\n]* '"'
  | [rR] '\'' ~['\r\n]* '\''
  | '"""' (ESCAPE | ~[\\])*? '"""'
  | '\'\'\'' (ESCAPE | ~[\\])*? '\'\'\''
  | '"' (ESCAPE | ~["\\\r\n])* '"'
  | '\'' (ESCAPE | ~['\\\r\n])* '\''
  ;
// Which escapes there are is checked when the string is read, so that the message can name the bad one.
fragment ESCAPE : '\\' ~[\r\n] ;

RANGE : '..' ;
DOT : '.' ;
COMMA : ',' ;
COLON : ':' ;
QUESTION : '?' ;
LPAREN : '(' ;
RPAREN : ')' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
EQUALS : '==' ;
NOT_EQUALS : '!=' ;
AT_MOST : '<=' ;
AT_LEAST : '>=' ;
BELOW : '<' ;
ABOVE : '>' ;
AND : '&&' ;
OR : '||' ;
NOT : '!' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
PERCENT : '%' ;
ASSIGN : '=' ;

COMMENT : ('#' { !pure }? | '//') ~[\r\n]* -> channel(HIDDEN) ;
SPACE : ([ \t\r\n\f] | [\u00A0\uFEFF] { !pure }?)+ -> skip ;
STRANGE : . ;
