"""Addresses of the app."""

from django.urls import URLPattern, path

from network import views

EVENTS = "network/events/"
EVENT = f"{EVENTS}<int:pk>/"
ITEM = "network/items/<int:pk>/"
PLACE = "network/registrations/<int:pk>/"
PUBLICATIONS = "network/publications/"
PUBLICATION = f"{PUBLICATIONS}<int:pk>/"
DELIVERY = "network/deliveries/<int:pk>/"
CONTACTS = "network/contacts/"
CONTACT = f"{CONTACTS}<int:pk>/"

app_name = "network"
urlpatterns: list[URLPattern] = [
    path(EVENTS, views.event_list, name="event_list"),
    path(f"{EVENTS}add/", views.event_add, name="event_add"),
    path(EVENT, views.event_detail, name="event_detail"),
    path(f"{EVENT}edit/", views.event_edit, name="event_edit"),
    path(f"{EVENT}archive/", views.event_archive, name="event_archive"),
    path(f"{EVENT}hold/", views.event_hold, name="event_hold"),
    path(f"{EVENT}came/", views.event_came, name="event_came"),
    path(f"{EVENT}items/add/", views.item_add, name="item_add"),
    path(f"{ITEM}edit/", views.item_edit, name="item_edit"),
    path(f"{ITEM}remove/", views.item_remove, name="item_remove"),
    path(f"{EVENT}head-counts/add/", views.head_count_add, name="head_count_add"),
    path(f"{EVENT}people/add/", views.person_add, name="person_add"),
    path(f"{EVENT}groups/add/", views.group_places_add, name="group_places_add"),
    path(f"{PLACE}edit/", views.registration_edit, name="registration_edit"),
    path(f"{PLACE}mark/", views.registration_mark, name="registration_mark"),
    path(f"{PLACE}remove/", views.registration_remove, name="registration_remove"),
    path(PUBLICATIONS, views.publication_list, name="publication_list"),
    path(f"{PUBLICATIONS}add/", views.publication_add, name="publication_add"),
    path(PUBLICATION, views.publication_detail, name="publication_detail"),
    path(f"{PUBLICATION}edit/", views.publication_edit, name="publication_edit"),
    path(f"{PUBLICATION}archive/", views.publication_archive, name="publication_archive"),
    path(f"{PUBLICATION}deliveries/add/", views.delivery_add, name="delivery_add"),
    path(f"{DELIVERY}edit/", views.delivery_edit, name="delivery_edit"),
    path(f"{DELIVERY}remove/", views.delivery_remove, name="delivery_remove"),
    path(CONTACTS, views.contact_list, name="contact_list"),
    path(f"{CONTACTS}add/", views.contact_add, name="contact_add"),
    path(f"{CONTACT}edit/", views.contact_edit, name="contact_edit"),
    path(f"{CONTACT}archive/", views.contact_archive, name="contact_archive"),
]
