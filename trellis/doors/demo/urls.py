from trellis.doors.demo.pages import public

app_name = "demo"
urlpatterns = public.urlpatterns
