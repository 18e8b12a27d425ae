package struct HTML {}
