-- Asks for the first photo with the tag that it has.
wrk.headers["If-None-Match"] = os.getenv("TAG")
wrk.path = "/t/small/1.jpg"
