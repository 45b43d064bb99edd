filedesc://x.arc 127.0.0.1 20140216050221 text/plain 9
1 0 Live

http://a/b c 1.2.3.4 20140216050221 text/html 20
<html><body>words<p>
