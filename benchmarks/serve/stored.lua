-- Asks for the first photo, which is there.
wrk.path = "/t/small/1.jpg"
